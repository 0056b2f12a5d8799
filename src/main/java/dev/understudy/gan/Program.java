package dev.understudy.gan;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.understudy.codec.MadeRows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A compiled script and the native memory it works in, on one device: the only class that calls the tensor engine.
 *
 * <p><em>Thread safety</em>: any number of platform threads may {@link #run} at once, unless a method writes to its
 * arguments. <em>Ownership</em>: arrays made by {@link #array} live until {@link #close}; what {@link #run} takes and makes
 * besides is gone when it returns.
 */
final class Program implements AutoCloseable {

    /** Cut out of rows what is copied, {@code [batch, columns]}; a cast truncates, so half is added: {@code codec.BytePixels}. */
    private static final String CUTS = """
            def numbers(self, rows: Tensor, columns: int) -> Tensor:
              return torch.contiguous(torch.narrow(rows, 1, 0, columns))

            def levels(self, rows: Tensor, start: int, columns: int) -> Tensor:
              shades = torch.add(torch.mul(torch.narrow(rows, 1, start, columns), 127.5), 128.)
              return torch.contiguous(torch.to(torch.nan_to_num(torch.clamp(shades, 0., 255.)), 0))
            """;

    private final Device device;
    private final PtNDManager memory;
    private final PtSymbolBlock module;

    Program(Device device, String methods) {
        this.device = device;
        this.memory = (PtNDManager) Torch.newMemory(device);
        this.module = load(Archive.of(methods));
    }

    /** One that makes rows, of which {@link #run(MadeRows, String, Object...)} copies parts. */
    static Program serving(Device device, String methods) {
        return new Program(device, methods + "\n" + CUTS);
    }

    private PtSymbolBlock load(byte[] archive) {
        try {
            return JniUtils.loadModule(memory, new ByteArrayInputStream(archive), false, false);
        } catch (IOException e) {
            memory.close();
            throw new UncheckedIOException("cannot read an archive from memory", e);
        }
    }

    /** A copy of the numbers on the device, kept until this program is closed. */
    NDArray array(float[] numbers) {
        return memory.create(numbers);
    }

    /**
     * Rows on their way in, with rows of zeros behind them if there are fewer than {@code padded}.
     *
     * @param numbers {@code [any, columns]}
     * @param rows which of these, in this order
     */
    record Input(float[] numbers, int[] rows, int padded, int columns) {

        /** All of {@code numbers}, as {@code [rows, columns]}. */
        static Input of(float[] numbers, int rows) {
            return of(numbers, 0, rows, numbers.length / rows);
        }

        /** Rows {@code [from, to)} of {@code [any, columns]}. */
        static Input of(float[] numbers, int from, int to, int columns) {
            return new Input(numbers, IntStream.range(from, to).toArray(), to - from, columns);
        }

        /** Written in place: on the CPU there is no copy between Java's heap and the engine's memory, to a GPU there is one. */
        private PtNDArray within(NDManager scope) {
            var array = scope.create(new Shape(padded, columns), DataType.FLOAT32, Device.CPU.engines());
            var memory = floats(array);
            for (int row : rows) {
                memory.put(numbers, row * columns, columns);
            }
            while (memory.hasRemaining()) {
                memory.put(0);
            }
            return (PtNDArray) array.toDevice(scope.getDevice(), false);
        }
    }

    /**
     * Runs a method on arrays and {@link Input}s without gradients, and copies its result out.
     *
     * @throws OutOfMemoryException if the device has no memory for it; all that it took is free again
     */
    float[] run(String method, Object... arguments) {
        return copied(method, scope -> numbers(scope.run(method, arguments)));
    }

    /**
     * Runs a method that makes rows as {@link #run(String, Object...)} does, and copies out of them what there is room for.
     *
     * @param room which it fills and returns, for as many rows as it makes
     */
    MadeRows run(MadeRows room, String method, Object... arguments) {
        return copied(method, scope -> {
            var rows = scope.run(method, arguments);
            if (room.columns() > 0) {
                floats(here(scope.run("numbers", rows, room.columns()))).get(room.numbers());
            }
            for (int i = 0; i < room.spans().size(); i++) {
                var span = room.spans().get(i);
                var levels = scope.run(
                        "levels", rows, span.valueOffset(), span.value().width());
                here(levels).toByteBuffer(true).get(room.levels().get(i));
            }
            return room;
        });
    }

    private <T> T copied(String method, Function<Scope, T> copying) {
        try (var scope = new Scope()) {
            return copying.apply(scope);
        } catch (EngineException e) {
            throw OutOfMemoryException.causes(e) ? outOfMemory(method, e) : e;
        }
    }

    private OutOfMemoryException outOfMemory(String method, EngineException e) {
        if (device.engines().isGpu()) {
            // What the engine keeps for later calls: blocks of other sizes than will be asked for next.
            JniUtils.emptyCudaCache();
        }
        return new OutOfMemoryException("device " + device + " is out of memory in '" + method + "'", e);
    }

    /** Runs a method that may ask for gradients, and copies its result out. */
    float[] differentiate(String method, Object... arguments) {
        try (var scope = new Scope()) {
            return numbers(scope.differentiate(method, arguments).get(0));
        }
    }

    /** Memory of several calls; the caller closes it. */
    Scope scope() {
        return new Scope();
    }

    /**
     * What calls take and make, with the tapes of their gradients, until it is closed. <em>Thread safety</em>: one thread at a
     * time.
     */
    final class Scope implements AutoCloseable {

        private final PtNDManager within = (PtNDManager) memory.newSubManager();

        /** Calls a method that may ask for gradients, on arrays of any scope and {@link Input}s. */
        List<NDArray> differentiate(String method, Object... arguments) {
            prepareThread(true);
            var inputs = new NDList(named(within, "module_method:" + method));
            for (Object argument : arguments) {
                inputs.add(array(argument));
            }
            return IValueUtils.forward(module, inputs, true);
        }

        /** The same without gradients. The other way keeps what went in for ever if the engine fails. */
        private NDArray run(String method, Object... arguments) {
            prepareThread(false);
            var inputs = new IValue[arguments.length];
            try {
                for (int i = 0; i < inputs.length; i++) {
                    inputs[i] = value(arguments[i]);
                }
                try (var result = IValueUtils.runMethod(module, method, inputs)) {
                    return result.toTensor(within);
                }
            } finally {
                Arrays.stream(inputs).filter(Objects::nonNull).forEach(IValue::close);
            }
        }

        private IValue value(Object argument) {
            return argument instanceof Integer number ? IValue.from(number.longValue()) : IValue.from(array(argument));
        }

        private PtNDArray array(Object argument) {
            return argument instanceof Input input ? input.within(within) : (PtNDArray) argument;
        }

        @Override
        public void close() {
            within.close();
        }
    }

    /** Gradient mode is a property of the thread, so it is set at every call; so is the choice of the plain interpreter. */
    private static void prepareThread(boolean gradients) {
        JniUtils.setGraphExecutorOptimize(false);
        JniUtils.setGradMode(gradients);
    }

    /** The engine takes the name of a method as the name of an array. */
    private static NDArray named(NDManager scope, String name) {
        var array = scope.create(0f);
        array.setName(name);
        return array;
    }

    /** Copies an array out; from a GPU by way of the engine's memory on the CPU, which is free again. */
    static float[] numbers(NDArray array) {
        float[] numbers = new float[Math.toIntExact(array.size())];
        var here = here(array);
        floats(here).get(numbers);
        if (here != array) {
            here.getManager().close();
        }
        return numbers;
    }

    /** The array, or a copy of it on the CPU. */
    private static NDArray here(NDArray array) {
        return array.toDevice(Device.CPU.engines(), false);
    }

    /** The engine's memory itself, valid while the array is, which is on the CPU. */
    private static FloatBuffer floats(NDArray array) {
        return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public void close() {
        module.close();
        memory.close();
    }
}
