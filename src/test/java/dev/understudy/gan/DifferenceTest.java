package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.understudy.codec.RowShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DifferenceTest {

    @Test
    void countsChoicesApartFromValues() {
        // Given two rows of three choices and two numbers, of which "gain" is zero as it is not "the rest"
        var shape = Shapes.table();
        float[] one = new float[2 * shape.width()];
        for (int row = 0; row < 2; row++) {
            one[row * 16] = 1;
            one[row * 16 + 3] = 1;
            one[row * 16 + 5] = 1;
            one[row * 16 + 15] = 1;
        }
        float[] other = one.clone();
        // When the first has another town and another age, the second another age alone
        other[5] = 0;
        other[6] = 1;
        other[15] = 9;
        other[16 + 15] = 1.5f;
        var difference = Difference.between(shape, one, other);
        // Then
        assertThat(difference.choices()).isEqualTo(1 / 6.0);
        assertThat(difference.values()).isEqualTo(0.5);
        assertThat(difference.slight()).isFalse();
    }

    @Test
    void symbolsOfStringsAreChoices() {
        // Given a string of three symbols and one of five
        var shape = Shapes.names();
        float[] one = Rows.random(shape, 40, 3);
        float[] other = one.clone();
        int symbols = 0;
        int flipped = -1;
        for (int place = 0; place < one.length / 4; place++) {
            boolean live = place % (shape.width() / 4) > 0;
            for (int i = 4 * place; live && i < 4 * place + 4; i++) {
                symbols += one[i] == 1 ? 1 : 0;
                flipped = one[i] == 1 && flipped < 0 ? i : flipped;
            }
        }
        // When one symbol becomes another
        other[flipped] = 0;
        other[flipped % 4 == 0 ? flipped + 1 : flipped - 1] = 1;
        var difference = Difference.between(shape, one, other);
        // Then
        assertThat(difference.choices()).isCloseTo(1.0 / (40 + symbols), within(1e-12));
        assertThat(difference.values()).isZero();
    }

    @Test
    void whatIsNotANumberIsNotSlight() {
        var shape = Shapes.scalars(2);
        assertThat(Difference.between(shape, new float[] {0, 1}, new float[] {0, Float.NaN})
                        .slight())
                .isFalse();
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("dev.understudy.gan.GeneratorTest#shapes")
    void halfPrecisionIsSlightAndAnotherGeneratorIsNot(RowShape shape) {
        try (var single = generator(shape, 1);
                var half = single.halved();
                var stranger = generator(shape, 2)) {
            // Then
            assertThat(Difference.between(single, half).slight()).isTrue();
            assertThat(Difference.between(single, stranger).slight()).isFalse();
        }
    }

    private static Generator generator(RowShape shape, long seed) {
        var recipe = Recipe.preset("small", shape).withBatch(8);
        try (var trainer = Trainer.create(shape, recipe, seed, new float[0])) {
            for (int i = 0; i < 5; i++) {
                trainer.step(Rows.random(shape, 8, i));
            }
            return trainer.snapshot();
        }
    }
}
