package dev.understudy.gan;

import ai.djl.ndarray.NDArray;
import dev.understudy.codec.RowShape;
import dev.understudy.gan.Program.Input;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A trained generator, immutable. <em>Thread safety</em>: any number of platform threads may call {@link #generate} at once.
 * <em>Ownership</em>: whoever made it closes it, after the last call has returned.
 *
 * <p>A row depends on its own noise, its own given fields and nothing else. The engine computes very small batches by other
 * means, with other roundings, so these are padded; large ones are run in pieces, which bounds the memory.
 */
public final class Generator implements AutoCloseable {

    private static final int SMALLEST_BATCH = 16;
    private static final int LARGEST_BATCH = 256;

    private final ModelFile about;
    private final Networks networks;
    private final Network network;
    private final Program program;
    private final NDArray weights;

    Generator(ModelFile about, float[] weights) {
        this.about = about;
        this.networks = new Networks(about.shape(), about.recipe());
        this.network = networks.generator();
        this.program = new Program(network.source());
        this.weights = program.array(weights);
    }

    /**
     * Reads a file that {@link #save} wrote.
     *
     * @throws java.io.UncheckedIOException if it cannot be read, or holds other tensors than its metadata promise
     */
    public static Generator load(Path file) {
        try (var reader = new Safetensors.Reader(file)) {
            var about = ModelFile.of(reader.metadata(), ModelFile.GENERATOR);
            var network = new Networks(about.shape(), about.recipe()).generator();
            return new Generator(about, ModelFile.weights(reader, "generator.", network));
        } catch (IOException e) {
            throw ModelFile.unreadable(file, e);
        }
    }

    /** Width of the latent vector. */
    public int latent() {
        return networks.latent();
    }

    /** Floats of noise a sample takes: {@link #latent} normals, then a Gumbel number for each of the row's choices. */
    public int noiseWidth() {
        return networks.noiseWidth();
    }

    /** Shape of the rows it makes. */
    public RowShape shape() {
        return about.shape();
    }

    /**
     * Makes {@code batch} rows.
     *
     * @param noise {@code [batch, noiseWidth]}
     * @param given {@code [batch, width]}, read where the mask is 1
     * @param mask {@code [batch, fields]}, 1 where a field is given, else 0; an image cannot be given
     * @return rows {@code [batch, width]}: choices exactly one-hot, given fields as they were given
     * @throws IllegalArgumentException if an array is not of its size, or an image is given
     */
    public float[] generate(float[] noise, float[] given, float[] mask, int batch) {
        check("noise", noise, batch, noiseWidth());
        check("given", given, batch, shape().width());
        check("mask", mask, batch, shape().fields());
        refuseImages(mask, batch);
        float[] rows = new float[batch * shape().width()];
        for (int from = 0; from < batch; from += LARGEST_BATCH) {
            int count = Math.min(LARGEST_BATCH, batch - from);
            float[] piece = generate(noise, dense(given, from, count), mask, from, count);
            System.arraycopy(piece, 0, rows, from * shape().width(), count * shape().width());
        }
        return rows;
    }

    private float[] generate(float[] noise, float[] dense, float[] mask, int from, int count) {
        int padded = Math.max(SMALLEST_BATCH, count);
        return program.run(
                "generator",
                weights,
                new Input(noise, from, count, padded, noiseWidth()),
                new Input(dense, 0, count, padded, Networks.givenWidth(shape())),
                new Input(mask, from, count, padded, shape().fields()));
    }

    /** The part of the rows that may be given. */
    private float[] dense(float[] given, int from, int count) {
        int width = Networks.givenWidth(shape());
        float[] dense = new float[count * width];
        for (int row = 0; row < count; row++) {
            System.arraycopy(given, (from + row) * shape().width(), dense, row * width, width);
        }
        return dense;
    }

    private static void check(String name, float[] array, int batch, int width) {
        if (batch < 0 || array.length != Math.multiplyExact(batch, width)) {
            throw new IllegalArgumentException(
                    "%s has %d floats, expected %d rows of %d".formatted(name, array.length, batch, width));
        }
    }

    private void refuseImages(float[] mask, int batch) {
        int fields = shape().fields();
        for (var span : shape().images()) {
            int field = shape().spans().indexOf(span);
            for (int row = 0; row < batch; row++) {
                if (mask[row * fields + field] != 0) {
                    throw new IllegalArgumentException("field " + span.field() + " is an image: it cannot be given");
                }
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
        program.close();
    }
}
