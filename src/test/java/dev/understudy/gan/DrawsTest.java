package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrawsTest {

    /** One row in fifty is of the second class; a number goes with it. */
    private static final RowShape SHAPE = new RowShape(
            List.of(new Span("kind", 0, 2, 0, new Span.None()), new Span("x", 0, 0, 2, new Span.Scalar())),
            2,
            1,
            3,
            List.of(.98f, .02f));

    private static final int BATCH = 200;
    private static final int STEPS = 100;

    @Test
    void rareClassesAreConditionsMoreOftenAndNothingElseChanges() {
        // Given
        var recipe = Recipe.preset("base", SHAPE).withBatch(BATCH);
        var draws = new Draws(SHAPE, recipe, new Networks(SHAPE, recipe), 5);
        float[] real = new float[BATCH * 3];
        for (int row = 0; row < BATCH; row++) {
            boolean rare = row % 50 == 0;
            real[row * 3 + (rare ? 1 : 0)] = 1;
            real[row * 3 + 2] = rare ? -1 - row : 1 + row;
        }
        int[] whole = new int[2];
        int[] conditioned = new int[2];
        for (int step = 0; step < STEPS; step++) {
            // When
            var drawn = draws.at(step, real, 0);
            // Then
            for (int row = 0; row < BATCH; row++) {
                float[] now = Arrays.copyOfRange(drawn.rows(), row * 3, row * 3 + 3);
                boolean given = drawn.mask()[row * 2] == 1;
                assertThat(now[1] == 1).isEqualTo(now[2] < 0);
                (given ? conditioned : whole)[(int) now[1]]++;
                if (!given) {
                    assertThat(now).isEqualTo(Arrays.copyOfRange(real, row * 3, row * 3 + 3));
                }
            }
        }
        assertThat((double) whole[1] / (whole[0] + whole[1])).isBetween(.019, .021);
        assertThat((double) conditioned[1] / (conditioned[0] + conditioned[1])).isBetween(.06, .1);
        assertThat((double) (whole[0] + whole[1]) / (STEPS * BATCH)).isBetween(.68, .72);
    }

    @Test
    void aClassOfOneInTwoHundredIsGivenFarMoreOftenThanItOccurs() {
        // Given a class of 0.5 %, in batches as small as they come for images
        var shape = new RowShape(SHAPE.spans(), 2, 1, 3, List.of(.995f, .005f));
        var recipe = Recipe.preset("base", shape).withBatch(32);
        var draws = new Draws(shape, recipe, new Networks(shape, recipe), 5);
        var random = new java.util.Random(1);
        int steps = 20_000;
        int occurred = 0;
        int[] whole = new int[2];
        int[] conditioned = new int[2];
        for (int step = 0; step < steps; step++) {
            float[] real = new float[32 * 3];
            for (int row = 0; row < 32; row++) {
                int rare = random.nextInt(200) == 0 ? 1 : 0;
                real[row * 3 + rare] = 1;
                occurred += rare;
            }
            // When
            var drawn = draws.at(step, real, 0);
            // Then
            for (int row = 0; row < 32; row++) {
                (drawn.mask()[row * 2] == 1 ? conditioned : whole)[(int) drawn.rows()[row * 3 + 1]]++;
            }
        }
        double natural = (double) occurred / (steps * 32);
        assertThat(share(conditioned)).isGreaterThan(3 * natural);
        assertThat(share(whole)).isCloseTo(natural, org.assertj.core.api.Assertions.withinPercentage(5));
    }

    private static double share(int[] counts) {
        return (double) counts[1] / (counts[0] + counts[1]);
    }
}
