package dev.understudy.gan;

import ai.djl.ndarray.NDArray;
import dev.understudy.codec.MadeRows;
import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import dev.understudy.gan.Program.Input;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A trained generator, immutable. <em>Thread safety</em>: any number of platform threads may call {@link #generate} at once.
 * <em>Ownership</em>: whoever made it closes it, after the last call has returned.
 *
 * <p>A row depends on its own noise, its own given fields and nothing else: not on the batch, nor on the {@link Pieces} it is run
 * in; but in half precision on the size of these, which changes if memory is short.
 */
public final class Generator implements AutoCloseable {

    private final ModelFile about;
    private final Device device;
    private final Networks networks;
    private final Network network;
    private final Program program;
    private final Optional<Program> free;
    private final NDArray weights;
    private final Pieces pieces;

    Generator(ModelFile about, float[] weights, Device device, Precision precision) {
        this.about = about;
        this.device = device;
        this.networks = new Networks(about.shape(), about.recipe(), precision);
        this.pieces = new Pieces(precision != Precision.SINGLE);
        this.network = networks.server();
        this.program = Program.serving(device, network.source());
        this.free = networks.free().map(Network::source).map(source -> Program.serving(device, source));
        try {
            this.weights = program.array(weights);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** From the weights of training, with nothing calibrated yet. */
    static Generator of(ModelFile about, float[] trained, Device device) {
        float[] served = new Networks(about.shape(), about.recipe()).served(trained);
        return new Generator(about, served, device, Precision.SINGLE);
    }

    /**
     * A generator whose marginals are bent towards those of real rows; the caller closes it.
     *
     * @param rows {@code [any, width]}
     * @param seed of the rows that are made to compare with
     */
    Generator calibrated(float[] rows, long seed) {
        var calibrator = new Calibrator(shape(), networks, Program.numbers(weights), device);
        return new Generator(about, calibrator.fit(rows, seed), device, Precision.SINGLE);
    }

    /** The same weights, with matrix products and convolutions in half precision; the caller closes both. */
    public Generator halved() {
        return new Generator(about, Program.numbers(weights), device, device.half());
    }

    /**
     * Reads a file that {@link #save} wrote.
     *
     * @param device on which it makes rows
     * @throws java.io.UncheckedIOException if it cannot be read, or holds other tensors than its metadata promise
     */
    public static Generator load(Path file, Device device) {
        try (var reader = new Safetensors.Reader(file)) {
            var about = ModelFile.of(reader.metadata(), ModelFile.GENERATOR);
            var network = new Networks(about.shape(), about.recipe()).server();
            return new Generator(about, ModelFile.weights(reader, "generator.", network), device, Precision.SINGLE);
        } catch (IOException e) {
            throw ModelFile.unreadable(file, e);
        }
    }

    /** Width of the latent vector. */
    public int latent() {
        return networks.latent();
    }

    /** Floats of noise a sample takes: {@link #latent} normals, then a number between 0 and 1 for each class of the row's choices. */
    public int noiseWidth() {
        return networks.noiseWidth();
    }

    /** Whether a part of an image may be given. */
    public boolean completes() {
        return networks.completes();
    }

    /** Shape of the rows it makes. */
    public RowShape shape() {
        return about.shape();
    }

    /**
     * Makes {@code batch} rows.
     *
     * @param noise {@code [batch, noiseWidth]}
     * @param given {@code [batch, width]}, read where the mask is 1; empty if nothing is given
     * @param mask {@code [batch, fields]}, 1 where a field is given, else 0; of an image, NaN in {@code given} is to be made
     * @return rows {@code [batch, width]}: choices exactly one-hot, given fields as they were given
     * @throws IllegalArgumentException if an array is not of its size, or a field is given that cannot be
     * @throws OutOfMemoryException if the device has no memory even for a few rows
     */
    public float[] generate(float[] noise, float[] given, float[] mask, int batch) {
        return generate(noise, given, mask, batch, List.of()).numbers();
    }

    /**
     * The same with pixels as bytes, rounded on the device, as if they were decoded from floats here.
     *
     * @param pixels the spans whose pixels are to be bytes
     */
    public MadeRows generate(float[] noise, float[] given, float[] mask, int batch, List<Span> pixels) {
        check("noise", noise, batch, noiseWidth());
        check("given", given, given.length == 0 ? 0 : batch, shape().width());
        check("mask", mask, batch, shape().fields());
        refuseAbsent(given, mask);
        refuseSeparate(mask, batch);
        MadeRows rows = MadeRows.of(shape(), pixels, batch);
        // Which network makes a row depends on that row alone.
        var free = IntStream.range(0, batch).filter(row -> this.free.isPresent() && !asks(mask, row));
        var asked = IntStream.range(0, batch).filter(row -> this.free.isEmpty() || asks(mask, row));
        pieces.make(
                free.toArray(),
                (piece, padded) -> this.free
                        .orElseThrow()
                        .run(
                                MadeRows.of(shape(), pixels, padded),
                                "free",
                                weights,
                                new Input(noise, piece, padded, noiseWidth())),
                rows::put);
        pieces.make(
                asked.toArray(),
                (piece, padded) -> program.run(
                        MadeRows.of(shape(), pixels, padded),
                        "generator",
                        weights,
                        new Input(noise, piece, padded, noiseWidth()),
                        Input.of(givable(given, mask, piece, padded), padded),
                        new Input(mask, piece, padded, shape().fields())),
                rows::put);
        return rows;
    }

    private boolean asks(float[] mask, int row) {
        boolean asks = false;
        for (int i = row * shape().fields(); i < (row + 1) * shape().fields(); i++) {
            asks |= mask[i] != 0;
        }
        return asks;
    }

    /** The part of the rows that may be given, with NaN for the pixels of images that are not; padded. */
    private float[] givable(float[] given, float[] mask, int[] piece, int padded) {
        int width = networks.givenWidth();
        float[] part = new float[padded * width];
        for (int i = 0; i < piece.length; i++) {
            if (given.length > 0) {
                System.arraycopy(given, piece[i] * shape().width(), part, i * width, Math.min(width, shape().width()));
            }
            for (int field = 0; networks.completes() && field < shape().fields(); field++) {
                var span = shape().spans().get(field);
                if (span.separate() && mask[piece[i] * shape().fields() + field] == 0) {
                    int start = i * width + span.valueOffset();
                    Arrays.fill(part, start, start + span.value().width(), Float.NaN);
                }
            }
        }
        return part;
    }

    private static void check(String name, float[] array, int batch, int width) {
        if (batch < 0 || array.length != Math.multiplyExact(batch, width)) {
            throw new IllegalArgumentException(
                    "%s has %d floats, expected %d rows of %d".formatted(name, array.length, batch, width));
        }
    }

    private static void refuseAbsent(float[] given, float[] mask) {
        for (int i = 0; given.length == 0 && i < mask.length; i++) {
            if (mask[i] != 0) {
                throw new IllegalArgumentException("the mask is set at " + i + ", but given is empty");
            }
        }
    }

    private void refuseSeparate(float[] mask, int batch) {
        for (int i = 0; i < batch * shape().fields(); i++) {
            var span = shape().spans().get(i % shape().fields());
            boolean givable = !span.separate() || (span.value() instanceof Span.Image && networks.completes());
            if (mask[i] != 0 && !givable) {
                throw new IllegalArgumentException("field " + span.field()
                        + " cannot be given: this generator makes it, and was not trained to complete it");
            }
        }
    }

    /**
     * Writes it as one safetensors file with the given metadata beside its own.
     *
     * @throws IllegalArgumentException if a key starts with {@code gan.}
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void save(Path file, Map<String, String> metadata) {
        Safetensors.write(
                file, about.metadata(metadata), ModelFile.tensors("generator.", network, Program.numbers(weights)));
    }

    @Override
    public void close() {
        free.ifPresent(Program::close);
        program.close();
    }
}
