package dev.understudy.learning.evaluate;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/** Rows of who has learned nothing: every class as likely, every scalar a standard normal, every pixel uniform, all independent. */
final class NoiseRows {
    private NoiseRows() {}

    /** Rows {@code [count, shape.width()]}. */
    static float[] of(RowShape shape, long seed, int count) {
        UniformRandomProvider draws = RandomSource.XO_SHI_RO_256_PP.create(seed);
        float[] rows = new float[count * shape.width()];
        for (int row = 0; row < count; row++) {
            for (Span span : shape.spans()) {
                write(span, draws, rows, row * shape.width());
            }
        }
        return rows;
    }

    private static void write(Span span, UniformRandomProvider draws, float[] rows, int row) {
        boolean live = true;
        if (span.choices() > 0) {
            int choice = draws.nextInt(span.choices());
            rows[row + span.choiceOffset() + choice] = 1;
            live = choice == span.choices() - 1;
        }
        for (int i = 0; live && i < span.value().width(); i++) {
            rows[row + span.valueOffset() + i] = value(span, draws);
        }
    }

    private static float value(Span span, UniformRandomProvider draws) {
        return span.value() instanceof Span.Image
                ? 2 * draws.nextFloat() - 1
                : (float) ZigguratSampler.NormalizedGaussian.of(draws).sample();
    }
}
