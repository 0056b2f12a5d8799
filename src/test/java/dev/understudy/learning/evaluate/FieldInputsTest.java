package dev.understudy.learning.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldInputsTest {
    private static final Span.Text WORD = new Span.Text(3, 1, List.of(0, 2, 4));

    @Test
    void aStringIsItsLengthItsSymbolsAndItsPairs() {
        Span span = new Span("word", 0, 3, 3, WORD);
        float[] row = new float[3 + WORD.width()];
        row[2] = 1; // four symbols: 0 2 2 1
        for (int at : new int[] {3, 8, 11, 13}) {
            row[at] = 1;
        }

        float[] inputs = inputs(span, row);

        assertThat(inputs).hasSize(3 + 3 + 9);
        assertThat(Arrays.copyOf(inputs, 6)).containsExactly(0, 0, 1, 0.5f, 0.5f, 1);
        float[] pairs = Arrays.copyOfRange(inputs, 6, 15);
        assertThat(pairs).containsExactly(0, 0, 0.5f, 0, 0, 0, 0, 0.5f, 0.5f);
    }

    @Test
    void aCodingSequenceIsSeenInItsFrame() {
        Span span = new Span("gene", 0, 0, 0, new Span.Text(2, 3, List.of(3)));

        float[] shifted = inputs(span, new float[] {1, 0, 0, 1, 0, 1});
        float[] other = inputs(span, new float[] {0, 1, 1, 0, 0, 1});

        assertThat(shifted).isNotEqualTo(other);
        assertThat(shifted).hasSize(6 + 12);
    }

    @Test
    void whatIsLongOrLargeIsSeenInAModestNumberOfFloats() {
        assertThat(FieldInputs.of(text(200, 300)).width()).isEqualTo(64 + 192);
        assertThat(FieldInputs.of(new Span("x", 0, 0, 0, series(1_024, 64))).width())
                .isEqualTo(256);
        assertThat(FieldInputs.of(new Span("x", 0, 0, 0, series(24, 6))).width())
                .isEqualTo(144);
        assertThat(FieldInputs.of(new Span("x", 0, 0, 0, new Span.Video(16, 64, 64, 3)))
                        .width())
                .isEqualTo(16 * 8 * 8 * 3);
        assertThat(FieldInputs.of(new Span("x", 0, 0, 0, new Span.Image(28, 28, 1)))
                        .width())
                .isEqualTo(784);
        assertThat(FieldInputs.of(new Span("x", 0, 0, 0, new Span.Image(128, 128, 3)))
                        .width())
                .isEqualTo(3_072);
    }

    @Test
    void aVideoIsAveragedFrameByFrame() {
        Span span = new Span("x", 0, 0, 0, new Span.Video(2, 64, 64, 1));
        float[] row = new float[2 * 64 * 64];
        Arrays.fill(row, 64 * 64, row.length, 1);

        float[] inputs = inputs(span, row);

        assertThat(Arrays.copyOf(inputs, inputs.length / 2)).containsOnly(0);
        assertThat(Arrays.copyOfRange(inputs, inputs.length / 2, inputs.length)).containsOnly(1);
    }

    @Test
    void aLongSeriesIsTheWayOfEachStretch() {
        Span span = new Span("x", 0, 0, 0, series(1_024, 1));
        float[] row = new float[1_024];
        Arrays.fill(row, 4, 8, 1);

        float[] inputs = inputs(span, row);

        assertThat(inputs[1]).isCloseTo(2, within(1e-6f));
        assertThat(inputs[0] + inputs[2]).isZero();
    }

    @Test
    void noiseIsWellFormedWhateverTheKind() {
        RowShape shape = new RowShape(
                List.of(
                        new Span("word", 0, 3, 5, WORD),
                        new Span("walk", 3, 2, 17, series(5, 2)),
                        new Span("film", 0, 0, 27, new Span.Video(2, 4, 4, 1))),
                5,
                0,
                59,
                List.of(0.2f, 0.3f, 0.5f, 0.4f, 0.6f));
        float[] rows = NoiseRows.of(shape, 1, 50);

        for (int row = 0; row < 50; row++) {
            float[] one = Arrays.copyOfRange(rows, row * 59, (row + 1) * 59);
            int length = one[0] == 1 ? 0 : one[1] == 1 ? 2 : 4;
            for (int place = 0; place < 4; place++) {
                float sum = one[5 + 3 * place] + one[6 + 3 * place] + one[7 + 3 * place];
                assertThat(sum).isEqualTo(place < length ? 1 : 0);
            }
            assertThat(one[17] != 0).isEqualTo(one[4] == 1);
            for (int i = 27; i < 59; i++) {
                assertThat(one[i]).isBetween(-1f, 1f);
            }
        }
    }

    private static Span text(int symbols, int longest) {
        return new Span("x", 0, 0, 0, new Span.Text(symbols, 1, List.of(longest)));
    }

    /** A series whose values need no whitening. */
    private static Span.Series series(int steps, int channels) {
        List<Float> map = IntStream.range(0, channels * (channels + 1))
                .mapToObj(i -> i / (channels + 1) == i % (channels + 1) ? 1f : 0f)
                .toList();
        return new Span.Series(steps, channels, map, map);
    }

    private static float[] inputs(Span span, float[] row) {
        FieldInputs inputs = FieldInputs.of(span);
        float[] extracted = new float[inputs.width()];
        inputs.extract(row, 0, extracted, 0);
        return extracted;
    }
}
