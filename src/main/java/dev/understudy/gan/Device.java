package dev.understudy.gan;

import java.util.regex.Pattern;

/** Where networks are trained and run: the CPU, or one GPU. Immutable. */
public final class Device {

    /** The processor, as everywhere. */
    public static final Device CPU = new Device(ai.djl.Device.cpu());

    private static final Pattern GPU = Pattern.compile("gpu:(\\d{1,4})");

    private final ai.djl.Device engines;

    private Device(ai.djl.Device engines) {
        this.engines = engines;
    }

    /**
     * The device of that name; all but {@code cpu} start the tensor engine, to ask what there is.
     *
     * @param name {@code auto} (the first GPU, or the CPU where there is none), {@code cpu} or {@code gpu:0}, {@code gpu:1}, …
     * @throws IllegalArgumentException if it is no such name, or that GPU is not there
     */
    public static Device of(String name) {
        return name.equals("cpu") ? CPU : of(name, Torch.gpus());
    }

    /** The same where the engine has so many GPUs. */
    static Device of(String name, int gpus) {
        if (name.equals("cpu") || (name.equals("auto") && gpus == 0)) {
            return CPU;
        }
        var gpu = GPU.matcher(name.equals("auto") ? "gpu:0" : name);
        if (!gpu.matches()) {
            throw new IllegalArgumentException(
                    "understudy.device is '%s', expected auto, cpu or gpu:N; %s".formatted(name, found(gpus)));
        }
        int number = Integer.parseInt(gpu.group(1));
        if (number >= gpus) {
            throw new IllegalArgumentException(
                    "understudy.device is '%s', which is not there; %s".formatted(name, found(gpus)));
        }
        return new Device(ai.djl.Device.gpu(number));
    }

    private static String found(int gpus) {
        return gpus == 0
                ? "the tensor engine finds no GPU here, only the CPU"
                : "the tensor engine finds the CPU and gpu:0 to gpu:" + (gpus - 1);
    }

    /**
     * What half precision is here. The engine's CPU build can compute in both, but in float16 without the processor's help: a
     * convolution took 5 times as long as in single precision, and .7 times in bfloat16.
     */
    Precision half() {
        return engines.isGpu() ? Precision.FLOAT16 : Precision.BFLOAT16;
    }

    /** As the engine calls it. */
    ai.djl.Device engines() {
        return engines;
    }

    /** Its name: {@code cpu}, or {@code gpu:} and a number. */
    @Override
    public String toString() {
        return engines.isGpu() ? "gpu:" + engines.getDeviceId() : "cpu";
    }
}
