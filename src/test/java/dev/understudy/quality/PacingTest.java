package dev.understudy.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PacingTest {
    private static final Mark FIRST = new Mark(1, 250, 10);
    private static final Mark SECOND = new Mark(2, 500, 15);
    private static final Mark FOURTH = new Mark(4, 1_000, 25);

    @Test
    void keepsWhatIsSpentOnceApartFromWhatAStepCosts() {
        Pacing pacing = Pacing.of(List.of(FIRST, SECOND, FOURTH));

        assertThat(pacing.secondsPerStep()).isCloseTo(0.02, within(1e-12));
        assertThat(pacing.fixedSeconds()).isCloseTo(5, within(1e-12));
    }

    @Test
    void oneMarkIsDividedEvenly() {
        assertThat(Pacing.of(List.of(FIRST))).isEqualTo(new Pacing(0.04, 0));
    }

    @Test
    void horizonIsWholeRoundsThatLeaveRoomInTheBudget() {
        Pacing pacing = new Pacing(0.02, 5);

        assertThat(pacing.horizon(100, 250)).isEqualTo(4_500);
        assertThat(pacing.horizon(1, 250)).isEqualTo(250);
    }

    @Test
    void measuresTheLastVersionWithinTheBudget() {
        List<Mark> marks = List.of(FIRST, SECOND, FOURTH);

        assertThat(Pacing.measured(marks, 24.9)).isEqualTo(SECOND);
        assertThat(Pacing.measured(marks, 25)).isEqualTo(FOURTH);
        assertThat(Pacing.measured(marks, 9)).isEqualTo(FIRST);
    }
}
