package dev.understudy.learning.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import dev.understudy.learning.evaluate.Verdict.Hold;
import dev.understudy.learning.evaluate.Verdict.Promote;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

/** Strings and series are told from those with the right symbols and the right steps in the wrong order. */
class SequenceExamTest {
    private static final int COUNT = 300;

    private static final int SYMBOLS = 5;
    private static final Span.Text WORD = new Span.Text(SYMBOLS, 1, List.of(6, 9));
    private static final RowShape WORDS =
            new RowShape(List.of(new Span("word", 0, 2, 2, WORD)), 2, 0, 2 + WORD.width(), List.of(0.5f, 0.5f));

    private static final Span.Series WALK = new Span.Series(20, 1, List.of(1f, 0f), List.of(1f, 0f));
    private static final RowShape WALKS =
            new RowShape(List.of(new Span("walk", 0, 0, 0, WALK)), 0, 0, WALK.width(), List.of());

    /** Words in which each symbol tends to follow the one before it in the alphabet. */
    private static float[] words(long seed, double order) {
        UniformRandomProvider draws = RandomSource.XO_SHI_RO_256_PP.create(seed);
        float[] rows = new float[COUNT * WORDS.width()];
        for (int row = 0; row < COUNT; row++) {
            int at = row * WORDS.width();
            int choice = draws.nextInt(2);
            rows[at + choice] = 1;
            int symbol = draws.nextInt(SYMBOLS);
            for (int place = 0; place < WORD.lengths().get(choice); place++) {
                rows[at + 2 + place * SYMBOLS + symbol] = 1;
                symbol = draws.nextDouble() < order ? (symbol + 1) % SYMBOLS : draws.nextInt(SYMBOLS);
            }
        }
        return rows;
    }

    /** Walks whose steps tend to go on as they went. */
    private static float[] walks(long seed, double inertia) {
        var normal = ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(seed));
        float[] rows = new float[COUNT * WALKS.width()];
        for (int i = 0; i < rows.length; i++) {
            double before = i % WALKS.width() == 0 ? normal.sample() : rows[i - 1];
            rows[i] = (float) (inertia * before + Math.sqrt(1 - inertia * inertia) * normal.sample());
        }
        return rows;
    }

    @Test
    void wordsInTheWrongOrderAreHeld() {
        Exam exam = new Exam(WORDS, 7, words(1, 0.8), words(2, 0.8));
        Comparison live = exam.take(words(3, 0.8)).orElseThrow();

        assertThat(Gate.replacement(exam.take(words(4, 0.8)).orElseThrow(), live))
                .isInstanceOf(Promote.class);
        assertThat(Gate.replacement(exam.take(words(4, 0.2)).orElseThrow(), live))
                .isInstanceOf(Hold.class);
        assertThat(Gate.first(exam.take(NoiseRows.of(WORDS, 5, COUNT)).orElseThrow(), exam.noise(8)))
                .isInstanceOf(Hold.class);
    }

    @Test
    void walksWithoutInertiaAreHeld() {
        Exam exam = new Exam(WALKS, 7, walks(1, 0.8), walks(2, 0.8));
        Comparison live = exam.take(walks(3, 0.8)).orElseThrow();

        assertThat(Gate.replacement(exam.take(walks(4, 0.8)).orElseThrow(), live))
                .isInstanceOf(Promote.class);
        assertThat(Gate.replacement(exam.take(walks(4, 0)).orElseThrow(), live)).isInstanceOf(Hold.class);
    }
}
