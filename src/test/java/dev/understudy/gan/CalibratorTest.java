package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.understudy.codec.RowShape;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Real rows are made from marginals that a generator of random weights cannot have. */
class CalibratorTest {

    private static final int REAL = 4_000;
    private static final int MADE = 4_000;

    @Test
    void choicesAndScalarsOfATableGetTheMarginalsOfRealRows() {
        // Given: colours 80:15:5; a gain that is the rest in a fifth of the rows; an age whose scalar is skewed
        var shape = Shapes.table();
        var random = new Random(4);
        float[] real = new float[REAL * shape.width()];
        for (int row = 0; row < REAL; row++) {
            int start = row * shape.width();
            double colour = random.nextDouble();
            real[start + (colour < .8 ? 0 : colour < .95 ? 1 : 2)] = 1;
            boolean rest = random.nextDouble() < .2;
            real[start + (rest ? 4 : 3)] = 1;
            real[start + 5 + random.nextInt(9)] = 1;
            real[start + 14] = rest ? (float) (2 + .3 * random.nextGaussian()) : 0;
            real[start + 15] = (float) (Math.exp(.5 * random.nextGaussian()) - 1);
        }
        // When
        float[] plain = made(shape, real, false);
        float[] calibrated = made(shape, real, true);
        // Then
        ToDoubleFunction<float[]> off = rows -> IntStream.range(0, 14)
                .mapToDouble(column -> Math.abs(mean(rows, shape, column) - mean(real, shape, column)))
                .sum();
        assertThat(off.applyAsDouble(plain)).isGreaterThan(.5);
        assertThat(off.applyAsDouble(calibrated)).isLessThan(.15);
        for (double share : new double[] {.1, .5, .9}) {
            assertThat(quantile(calibrated, shape, 15, share)).isCloseTo(quantile(real, shape, 15, share), within(.08));
        }
        assertThat(mean(calibrated, shape, 14) / mean(calibrated, shape, 4)).isCloseTo(2, within(.1));
    }

    @Test
    void theLevelOfASeriesGetsTheSpreadOfRealOnes() {
        // Given: series that start where they will and hardly move
        var shape = Shapes.series();
        var random = new Random(4);
        float[] real = new float[REAL * shape.width()];
        for (int i = 0; i < real.length; i++) {
            real[i] = (float) ((i % shape.width() < 3 ? 1 : .1) * random.nextGaussian());
        }
        // When
        double plain = spread(made(shape, real, false), shape);
        double calibrated = spread(made(shape, real, true), shape);
        // Then
        assertThat(Math.abs(plain - spread(real, shape))).isGreaterThan(.3);
        assertThat(calibrated).isCloseTo(spread(real, shape), within(.1));
    }

    /** Standard deviation of the mean over time of the first channel, in which the series of the test differ most. */
    private static double spread(float[] rows, RowShape shape) {
        var level = new SeriesValues(
                (dev.understudy.codec.Span.Series) shape.spans().get(0).value());
        double[] means = IntStream.range(0, rows.length / shape.width())
                .mapToDouble(row -> {
                    double value = 0;
                    double sum = 0;
                    for (int step = 0; step < 7; step++) {
                        double[] map = step == 0 ? level.first()[0] : level.next()[0];
                        int at = row * shape.width() + 3 * step;
                        value += map[3] + map[0] * rows[at] + map[1] * rows[at + 1] + map[2] * rows[at + 2];
                        sum += value;
                    }
                    return sum / 7;
                })
                .toArray();
        double mean = Arrays.stream(means).average().orElseThrow();
        return Math.sqrt(
                Arrays.stream(means).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
    }

    private static float[] made(RowShape shape, float[] real, boolean calibrate) {
        try (var trainer = Trainer.create(shape, Recipe.preset("small", shape), 3, real);
                var generator = calibrate ? trainer.snapshot(real) : trainer.snapshot()) {
            return Rows.sample(generator, 0, MADE);
        }
    }

    private static double mean(float[] rows, RowShape shape, int column) {
        return IntStream.range(0, rows.length / shape.width())
                .mapToDouble(row -> rows[row * shape.width() + column])
                .average()
                .orElseThrow();
    }

    private static double quantile(float[] rows, RowShape shape, int column, double share) {
        double[] sorted = IntStream.range(0, rows.length / shape.width())
                .mapToDouble(row -> rows[row * shape.width() + column])
                .sorted()
                .toArray();
        return sorted[(int) (share * sorted.length)];
    }
}
