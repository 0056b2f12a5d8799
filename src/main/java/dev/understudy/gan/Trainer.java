package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import java.nio.file.Path;
import java.util.Map;

/**
 * Generator, critic, their optimizers and the weight average, trained a step at a time. All randomness follows from the seed
 * and the step, so a saved and restored trainer goes on bit for bit. Not thread-safe; close it to free native memory.
 */
public final class Trainer implements AutoCloseable {

    /** A new pair with fresh weights. */
    public static Trainer create(RowShape shape, Recipe recipe, long seed) {
        throw new UnsupportedOperationException();
    }

    /** Reads a file that {@link #save} wrote. */
    public static Trainer restore(Path file) {
        throw new UnsupportedOperationException();
    }

    /** Rows a step takes. */
    public int batch() {
        throw new UnsupportedOperationException();
    }

    /** Steps taken so far. */
    public long steps() {
        throw new UnsupportedOperationException();
    }

    /**
     * One critic step and one generator step on {@code [batch, width]} real rows.
     *
     * @throws DivergedException if a loss is not finite; the trainer is spent then
     */
    public StepReport step(float[] rows) {
        throw new UnsupportedOperationException();
    }

    /** The weight average as an immutable generator of its own; the caller closes it. */
    public Generator snapshot() {
        throw new UnsupportedOperationException();
    }

    /** Writes everything as one safetensors file with the given metadata beside its own. */
    public void save(Path file, Map<String, String> metadata) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
