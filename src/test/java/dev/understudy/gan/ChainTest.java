package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChainTest {

    /** Coding sequences of one kind: ATG, codons that are no stop, TAA. Symbols are A, C, G, T. */
    private static final List<String> REAL = List.of("ATGCCATAA", "ATGACATAA", "ATGCTCTAA", "ATGGTGTAA");

    private static final Span.Text TEXT = new Span.Text(4, 3, List.of(9));
    private static final RowShape SHAPE =
            new RowShape(List.of(new Span("gene", 0, 0, 0, TEXT)), 0, 0, TEXT.width(), List.of());

    @Test
    void anUntrainedGeneratorBeginsAtTheOddsOfRealStrings() {
        var recipe = Recipe.preset("small", SHAPE);
        try (var trainer = Trainer.create(SHAPE, recipe, 3, rows());
                var generator = trainer.snapshot()) {
            var made = strings(Rows.sample(generator, 0, 500));
            assertThat(made.stream().filter(s -> s.startsWith("ATG")).count()).isGreaterThan(450);
            assertThat(made.stream().filter(s -> s.endsWith("TAA")).count()).isGreaterThan(450);
            assertThat(made).anyMatch(s -> !REAL.contains(s));
        }
        try (var trainer = Trainer.create(SHAPE, recipe, 3, new float[0]);
                var generator = trainer.snapshot()) {
            var made = strings(Rows.sample(generator, 0, 500));
            assertThat(made.stream().filter(s -> s.startsWith("ATG")).count()).isLessThan(100);
        }
    }

    @Test
    void oddsDependOnPlaceInFrameAndNearnessOfTheEnd() {
        // Given
        var chain = new Chain(SHAPE.spans().get(0));
        // When
        float[] odds = chain.count(rows(), SHAPE.width());
        // Then "TA" in the last codon is followed by A, and never was followed by one before
        int afterTA = 3 * 5;
        int last = (0 * 3 + 2) * 25 + afterTA;
        int middle = (3 * 3 + 2) * 25 + afterTA;
        assertThat(Math.exp(odds[last * 4])).isGreaterThan(.9);
        assertThat(Math.exp(odds[middle * 4])).isLessThan(.5);
        for (int context = 0; context < odds.length / 4; context++) {
            int from = context * 4;
            assertThat(IntStream.range(from, from + 4)
                            .mapToDouble(i -> Math.exp(odds[i]))
                            .sum())
                    .isBetween(.9999, 1.0001);
        }
    }

    private static float[] rows() {
        float[] rows = new float[REAL.size() * SHAPE.width()];
        for (int row = 0; row < REAL.size(); row++) {
            for (int place = 0; place < 9; place++) {
                rows[row * 36 + place * 4 + "ACGT".indexOf(REAL.get(row).charAt(place))] = 1;
            }
        }
        return rows;
    }

    private static List<String> strings(float[] rows) {
        return IntStream.range(0, rows.length / 36)
                .mapToObj(row -> {
                    var string = new StringBuilder();
                    for (int at = row * 36; at < (row + 1) * 36; at++) {
                        if (rows[at] == 1) {
                            string.append("ACGT".charAt(at % 4));
                        }
                    }
                    return string.toString();
                })
                .toList();
    }
}
