package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.codec.RowShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthTest {

    private static final RowShape THREE = Shapes.scalars(3);
    private static final RowShape FOUR = Shapes.scalars(4);
    private static final int[] PLACES = {2, -1, 0, 1};
    private static final Parameter.Normal RANDOM = new Parameter.Normal(1);

    @Test
    void columnsMoveWithWhatTheyMeanAndNewOnesAreZero() {
        assertThat(carry(
                        new Parameter("in", List.of(2, 3), RANDOM, List.of(), Feature.places(0, 3)),
                        new Parameter("in", List.of(2, 4), RANDOM, List.of(), Feature.places(0, 4))))
                .containsExactly(3, 0, 1, 2, 6, 0, 4, 5);
    }

    @Test
    void rowsMoveWithWhatTheyMeanAndNewOnesHaveTheirFixedStart() {
        var start = new Parameter.Fixed(List.of(-1f, -2f, -3f, -4f));
        assertThat(carry(
                        new Parameter("bias", List.of(3), start, Feature.places(0, 3), List.of()),
                        new Parameter("bias", List.of(4), start, Feature.places(0, 4), List.of())))
                .containsExactly(3, -2, 1, 2);
    }

    @Test
    void whatTrainingGivesItsMeaningStaysInItsPlace() {
        var hidden = new Parameter("hidden", List.of(2, 2), RANDOM);
        assertThat(carry(hidden, hidden)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aParameterOfAnotherFormOrNameStartsFresh() {
        var before = new Parameter("hidden", List.of(2), RANDOM);
        assertThat(carry(before, new Parameter("hidden", List.of(3), RANDOM))).containsExactly(-1, -2, -3);
        assertThat(carry(before, new Parameter("other", List.of(2), RANDOM))).containsExactly(-1, -2);
    }

    /** Numbers count from 1 in the network before, fresh ones from -1 downwards. */
    private static float[] carry(Parameter before, Parameter next) {
        float[] numbers = new float[before.size()];
        float[] fresh = new float[next.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i + 1;
        }
        for (int i = 0; i < fresh.length; i++) {
            fresh[i] = -i - 1;
        }
        return new Growth(
                        new Network("", List.of(before)),
                        new Network("", List.of(next)),
                        new Origins(THREE, FOUR, PLACES))
                .carry(numbers, fresh);
    }
}
