package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Eight Gaussians on a ring: the smallest problem on which a generator that plays only to win drops most of the data. */
class RingTest {

    private static final int STEPS = 2_000;
    private static final int MODES = 8;
    private static final double RADIUS = Math.sqrt(2);
    private static final double SPREAD = 0.03;

    @Test
    void theDefaultObjectiveFindsEveryMode() {
        // Given
        var shape = Shapes.scalars(2);
        var recipe = Recipe.preset("small", shape)
                .withLearningRate(2e-3)
                .withPenalty(0.1, Shapes.scalars(2))
                .withHorizon(STEPS);
        try (var trainer = Trainer.create(shape, recipe, 1, new float[0])) {
            // When
            var random = new Random(2);
            for (int step = 0; step < STEPS; step++) {
                trainer.step(ring(random, trainer.batch()));
            }
            // Then each mode has at least a quarter of its share
            try (var generator = trainer.snapshot()) {
                int[] near = near(Rows.sample(generator, 0, 2_000));
                for (int mode = 0; mode < MODES; mode++) {
                    assertThat(near[mode]).as("samples near mode %d", mode).isGreaterThan(2_000 / MODES / 4);
                }
            }
        }
    }

    private static float[] ring(Random random, int count) {
        float[] rows = new float[2 * count];
        for (int i = 0; i < count; i++) {
            double angle = 2 * Math.PI * random.nextInt(MODES) / MODES;
            rows[2 * i] = (float) (RADIUS * Math.cos(angle) + SPREAD * random.nextGaussian());
            rows[2 * i + 1] = (float) (RADIUS * Math.sin(angle) + SPREAD * random.nextGaussian());
        }
        return rows;
    }

    /** How many points lie within ten standard deviations of each mode. */
    private static int[] near(float[] points) {
        int[] near = new int[MODES];
        for (int i = 0; i < points.length; i += 2) {
            int mode = (int) Math.round(Math.atan2(points[i + 1], points[i]) / (2 * Math.PI) * MODES + MODES) % MODES;
            double angle = 2 * Math.PI * mode / MODES;
            double distance =
                    Math.hypot(points[i] - RADIUS * Math.cos(angle), points[i + 1] - RADIUS * Math.sin(angle));
            near[mode] += distance < 10 * SPREAD ? 1 : 0;
        }
        return near;
    }
}
