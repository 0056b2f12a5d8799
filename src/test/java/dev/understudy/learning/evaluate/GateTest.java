package dev.understudy.learning.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.learning.evaluate.Verdict.Hold;
import dev.understudy.learning.evaluate.Verdict.Promote;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final int COUNT = 300;
    private static final float[] TRAINING = Rows.real(2, 3 * COUNT);

    private final Exam exam = new Exam(Rows.SHAPE, 7, Rows.real(1, COUNT), TRAINING);
    private final Comparison noise = exam.noise(8);
    private final Comparison good = measured(Rows.real(3, COUNT));

    @Test
    void promotesTheFirstThatBeatsNoise() {
        Comparison rough = measured(Rows.of(4, COUNT, 0.3, 0.5));
        assertThat(Gate.first(rough, noise)).isInstanceOf(Promote.class);
    }

    @Test
    void promotesTheFirstThatCannotBeToldFromRealRecords() {
        assertThat(Gate.first(good, noise).reason()).contains("within chance");
    }

    @Test
    void holdsNoise() {
        Comparison candidate = measured(NoiseRows.of(Rows.SHAPE, 9, COUNT));
        assertThat(Gate.first(candidate, noise)).isInstanceOf(Hold.class);
        assertThat(Gate.replacement(candidate, good)).isInstanceOf(Hold.class);
    }

    @Test
    void holdsACollapsedCandidate() {
        Comparison candidate = measured(Rows.collapsed(5, COUNT));
        assertThat(Gate.first(candidate, noise)).isInstanceOf(Hold.class);
        assertThat(Gate.first(candidate, noise).reason()).contains("collapsed");
    }

    @Test
    void holdsACandidateThatLostClasses() {
        Comparison candidate = measured(Rows.oneClass(5, COUNT));
        assertThat(Gate.replacement(candidate, good)).isInstanceOf(Hold.class);
        assertThat(candidate.classCoverage()).isLessThan(0.5);
    }

    @Test
    void holdsACandidateThatCopiesItsTrainingRecords() {
        Comparison candidate = measured(Rows.copies(TRAINING, 6, COUNT));
        assertThat(Gate.first(candidate, noise)).isInstanceOf(Hold.class);
        assertThat(Gate.replacement(candidate, good).reason()).contains("copies");
    }

    @Test
    void doesNotTakeSamplesOfTheSameStreamForCopies() {
        assertThat(good.memorisation().excess()).isLessThan(0.2);
    }

    @Test
    void hasNothingToMeasureInNaN() {
        float[] rows = Rows.real(3, COUNT);
        rows[rows.length / 2] = Float.NaN;
        assertThat(exam.take(rows)).isEmpty();
        assertThat(Gate.notFinite()).isInstanceOf(Hold.class);
    }

    @Test
    void replacesTheLiveModelByOneAsGood() {
        assertThat(Gate.replacement(measured(Rows.real(10, COUNT)), good)).isInstanceOf(Promote.class);
    }

    @Test
    void replacesTheLiveModelByABetterOne() {
        Comparison live = measured(Rows.of(4, COUNT, 0.3, 0.5));
        assertThat(Gate.replacement(good, live).reason()).startsWith("Significantly better");
    }

    @Test
    void holdsACandidateThatMixesUpWhatBelongsTogether() {
        Comparison mixed = measured(Rows.of(4, COUNT, 0, 0.3));
        assertThat(Gate.replacement(mixed, good)).isInstanceOf(Hold.class);
    }

    @Test
    void refusesAnExamOfTooFewRows() {
        assertThatThrownBy(() -> new Exam(Rows.SHAPE, 7, Rows.real(1, 3), TRAINING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3");
    }

    private Comparison measured(float[] rows) {
        return exam.take(rows).orElseThrow();
    }
}
