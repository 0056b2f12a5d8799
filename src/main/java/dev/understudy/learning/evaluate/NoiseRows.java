package dev.understudy.learning.evaluate;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Rows of who has learned nothing: every class and every symbol as likely, every scalar and every value of a series a standard
 * normal, every pixel uniform, all independent.
 */
final class NoiseRows {
    /** Bounds a whitened step along a direction in which real series hardly move. */
    private static final float FARTHEST = 10;

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
        int choice = 0;
        if (span.choices() > 0) {
            choice = draws.nextInt(span.choices());
            rows[row + span.choiceOffset() + choice] = 1;
        }
        if (span.value() instanceof Span.Text text) {
            for (int place = 0; place < text.lengths().get(choice); place++) {
                rows[row + span.valueOffset() + place * text.symbols() + draws.nextInt(text.symbols())] = 1;
            }
        } else if (span.choices() > 0 && choice < span.choices() - 1) {
            return;
        } else if (span.value() instanceof Span.Series series) {
            series(series, draws, rows, row + span.valueOffset());
        } else {
            for (int i = 0; i < span.value().width(); i++) {
                rows[row + span.valueOffset() + i] = value(span, draws);
            }
        }
    }
    /** Independent values, in the whitened form of a row. */
    private static void series(Span.Series series, UniformRandomProvider draws, float[] rows, int at) {
        var normal = ZigguratSampler.NormalizedGaussian.of(draws);
        int channels = series.channels();
        double[] before = new double[channels];
        for (int step = 0; step < series.steps(); step++) {
            List<Float> map = step == 0 ? series.first() : series.next();
            double[] difference = new double[channels];
            for (int c = 0; c < channels; c++) {
                double value = normal.sample();
                difference[c] = value - before[c] - map.get(c * (channels + 1) + channels);
                before[c] = value;
            }
            for (int i = 0; i < channels; i++) {
                rows[at + step * channels + i] = whitened(map, difference, i);
            }
        }
    }

    /** The columns of the map are orthogonal: its inverse is its transpose, scaled. */
    private static float whitened(List<Float> map, double[] difference, int index) {
        double product = 0;
        double square = 0;
        for (int c = 0; c < difference.length; c++) {
            double weight = map.get(c * (difference.length + 1) + index);
            product += weight * difference[c];
            square += weight * weight;
        }
        return (float) Math.max(-FARTHEST, Math.min(FARTHEST, product / Math.max(square, Double.MIN_NORMAL)));
    }

    private static float value(Span span, UniformRandomProvider draws) {
        return span.value() instanceof Span.Image || span.value() instanceof Span.Video
                ? 2 * draws.nextFloat() - 1
                : (float) ZigguratSampler.NormalizedGaussian.of(draws).sample();
    }
}
