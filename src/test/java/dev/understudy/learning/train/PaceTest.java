package dev.understudy.learning.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.learning.train.Pace.Following;
import dev.understudy.learning.train.Pace.Maturing;
import dev.understudy.learning.train.Pace.Resting;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Pace.Rule RULE = new Pace.Rule(1_000, 100, 0.5, 3);

    @Test
    void maturesOverTheHorizonWhateverArrives() {
        Pace pace = Pace.start().arrived(5, RULE).finished(900, 0.5, 0.1, RULE);
        assertThat(pace).isInstanceOf(Maturing.class);
        assertThat(pace.finished(1_000, 0.5, 0.1, RULE)).isEqualTo(new Following(0, 0.5, 0));
    }

    @Test
    void roundsGrowWithWhatIsBehindThemAndEndAtTheHorizon() {
        assertThat(RULE.steps(0)).isEqualTo(100);
        assertThat(RULE.steps(400)).isEqualTo(100);
        assertThat(RULE.steps(800)).isEqualTo(100);
        assertThat(RULE.steps(950)).isEqualTo(50);
        assertThat(RULE.steps(1_000)).isEqualTo(100);
        assertThat(new Pace.Rule(10_000, 100, 0.5, 3).steps(2_000)).isEqualTo(500);
        assertThat(new Pace.Rule(10_000, 100, 0.5, 3).steps(8_000)).isEqualTo(1_000);
    }

    @Test
    void goesOnWhileTheScoreImproves() {
        Pace pace = new Following(0, 0.5, 2).finished(1_100, 0.3, 0.1, RULE);
        assertThat(pace).isEqualTo(new Following(0, 0.3, 0));
    }

    @Test
    void restsWhenTheScoreHasNotMovedForSomeRounds() {
        Pace pace = new Following(0, 0.5, 0);
        for (int round = 0; round < 3; round++) {
            assertThat(pace.trains()).isTrue();
            pace = pace.finished(1_100, 0.45, 0.1, RULE);
        }
        assertThat(pace).isEqualTo(new Resting(0, 0.5));
        assertThat(pace.trains()).isFalse();
    }

    @Test
    void doesNotRestWhileArrivalsAllowARound() {
        Pace pace = new Following(0, 0.5, 2).arrived(400, RULE).finished(1_100, 0.5, 0.1, RULE);
        assertThat(pace).isEqualTo(new Following(100, 0.5, 3));
    }

    @Test
    void wakesForOneRoundWhenArrivalsAllowIt() {
        Pace pace = new Resting(0, 0.5).arrived(199, RULE);
        assertThat(pace.trains()).isFalse();
        pace = pace.arrived(1, RULE);
        assertThat(pace.trains()).isTrue();
        assertThat(pace.finished(1_200, 0.5, 0.1, RULE)).isInstanceOf(Resting.class);
    }

    @Test
    void doesNotSaveUpMoreThanAFewRounds() {
        assertThat(new Following(0, 0.5, 0).arrived(1_000_000, RULE)).isEqualTo(new Following(400, 0.5, 0));
    }

    @Test
    void isReadBackAsItWasWritten() {
        for (Pace pace :
                new Pace[] {new Maturing(), new Following(1.5, Double.POSITIVE_INFINITY, 2), new Resting(3, 0.1)}) {
            assertThat(Pace.parse(pace.text())).isEqualTo(pace);
        }
    }
}
