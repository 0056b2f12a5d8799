package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import java.nio.file.Path;
import java.util.Map;

/**
 * A trained generator, immutable. <em>Thread safety</em>: any number of platform threads may call {@link #generate} at once.
 * <em>Ownership</em>: whoever made it closes it, after the last call has returned.
 */
public final class Generator implements AutoCloseable {

    /** Reads a file that {@link #save} wrote. */
    public static Generator load(Path file) {
        throw new UnsupportedOperationException();
    }

    /** Width of the latent vector. */
    public int latent() {
        throw new UnsupportedOperationException();
    }

    /** Floats of noise a sample takes: {@link #latent} normals, then a Gumbel number for each of the row's choices. */
    public int noiseWidth() {
        throw new UnsupportedOperationException();
    }

    /** Shape of the rows it makes. */
    public RowShape shape() {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes {@code batch} rows.
     *
     * @param noise {@code [batch, noiseWidth]}
     * @param given {@code [batch, width]}, read where the mask is 1
     * @param mask {@code [batch, fields]}, 1 where a field is given, else 0
     * @return rows {@code [batch, width]}: choices exactly one-hot, given fields as they were given
     */
    public float[] generate(float[] noise, float[] given, float[] mask, int batch) {
        throw new UnsupportedOperationException();
    }

    /** Writes it as one safetensors file with the given metadata beside its own (keys that start with {@code gan.}). */
    public void save(Path file, Map<String, String> metadata) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
