package dev.understudy.learning.evaluate;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/** A small world to measure in: a class of three, a number that leans on it, an image that is bright where the class says. */
final class Rows {
    static final int CLASSES = 3;
    static final int SIDE = 6;
    static final RowShape SHAPE = new RowShape(
            List.of(
                    new Span("kind", 0, CLASSES, 0, new Span.None()),
                    new Span("size", 0, 0, CLASSES, new Span.Scalar()),
                    new Span("look", 0, 0, CLASSES + 1, new Span.Image(SIDE, SIDE, 1))),
            CLASSES,
            1,
            CLASSES + 1 + SIDE * SIDE,
            List.of(0.5f, 0.3f, 0.2f));

    private Rows() {}

    /** What the real stream gives: rows of all classes. */
    static float[] real(long seed, int count) {
        return of(seed, count, 1, 0.3);
    }

    /**
     * Rows of the world, well or badly understood.
     *
     * @param dependence 1 if number and image follow the class, 0 if they ignore it
     * @param blur deviation of the pixels
     */
    static float[] of(long seed, int count, double dependence, double blur) {
        UniformRandomProvider draws = RandomSource.XO_SHI_RO_256_PP.create(seed);
        var normal = ZigguratSampler.NormalizedGaussian.of(draws);
        float[] rows = new float[count * SHAPE.width()];
        for (int row = 0; row < count; row++) {
            int at = row * SHAPE.width();
            int kind = draws.nextDouble() < 0.5 ? 0 : draws.nextDouble() < 0.6 ? 1 : 2;
            int followed = draws.nextDouble() < dependence ? kind : draws.nextInt(CLASSES);
            rows[at + kind] = 1;
            rows[at + CLASSES] = (float) (followed - 0.7 + 0.5 * normal.sample());
            for (int i = 0; i < SIDE * SIDE; i++) {
                double ink = i / (SIDE * SIDE / CLASSES) == followed ? 0.6 : -0.6;
                rows[at + CLASSES + 1 + i] = (float) Math.max(-1, Math.min(1, ink + blur * normal.sample()));
            }
        }
        return rows;
    }

    /** The same row over and over. */
    static float[] collapsed(long seed, int count) {
        float[] one = real(seed, 1);
        float[] rows = new float[count * SHAPE.width()];
        for (int row = 0; row < count; row++) {
            System.arraycopy(one, 0, rows, row * SHAPE.width(), one.length);
        }
        return rows;
    }

    /** Rows of one class alone. */
    static float[] oneClass(long seed, int count) {
        float[] many = real(seed, 6 * count);
        float[] rows = new float[count * SHAPE.width()];
        int taken = 0;
        for (int row = 0; taken < count; row++) {
            if (many[row * SHAPE.width()] == 1) {
                System.arraycopy(many, row * SHAPE.width(), rows, taken++ * SHAPE.width(), SHAPE.width());
            }
        }
        return rows;
    }

    /** The first rows of others, with a trace of noise on the pixels. */
    static float[] copies(float[] others, long seed, int count) {
        float[] rows = Arrays.copyOf(others, count * SHAPE.width());
        var normal = ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(seed));
        for (int i = 0; i < rows.length; i++) {
            rows[i] += i % SHAPE.width() > CLASSES ? (float) (0.01 * normal.sample()) : 0;
        }
        return rows;
    }
}
