package dev.understudy.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private long now;
    private final Turns turns = new Turns(() -> now);
    private final List<String> passes = new ArrayList<>();

    @Test
    void recordsThatComeHaveTheThreadForAWhileAfterAPass() {
        round(20, "a");
        assertThat(passes).containsExactly("a");

        for (int i = 0; i < 4; i++) {
            turns.record();
            later(1);
            round(20, "a");
        }
        assertThat(passes).hasSize(1);
        turns.record();
        later(1);
        round(20, "a");
        assertThat(passes).hasSize(2);
    }

    @Test
    void passesGoOnOnceNoRecordComes() {
        round(20, "a");
        round(20, "a");
        assertThat(passes).hasSize(2);

        turns.record();
        round(20, "a");
        assertThat(passes).hasSize(2);
        round(20, "a");
        assertThat(passes).hasSize(3);
    }

    @Test
    void partitionsThatHaveWorkShareARound() {
        round(2, "a");
        assertThat(passes).hasSize(10).containsOnly("a");

        round(2, "a", "b", "c", "d");
        round(2, "a", "b", "c", "d");
        passes.clear();
        round(2, "a", "b", "c", "d");

        assertThat(passes).startsWith("a").endsWith("d").contains("b", "c");
    }

    @Test
    void partitionsTakeTurnsOverRoundsHoweverLongAPassIs() {
        for (int i = 0; i < 9; i++) {
            round(100, "a", "b", "c");
        }

        assertThat(passes).containsExactly("a", "b", "c", "a", "b", "c", "a", "b", "c");
    }

    @Test
    void nobodyWaitsForAPartitionThatHasNoMoreWork() {
        round(100, "a", "b", "c");
        turns.leave("b");
        turns.leave("c");
        round(100, "a");
        round(100, "a");

        assertThat(passes).containsExactly("a", "a", "a");
    }

    @Test
    void aPartitionThatGetsWorkIsBeforeThoseThatHadTheirTurn() {
        round(100, "a", "b");
        for (int i = 0; i < 3; i++) {
            round(100, "a", "b", "late");
        }

        assertThat(passes).containsExactly("a", "b", "late", "a");
    }

    @Test
    void passesThatMustNotWaitEndInTime() {
        var goOn = turns.atOnce();

        later(19);
        assertThat(goOn.getAsBoolean()).isTrue();
        later(1);
        assertThat(goOn.getAsBoolean()).isFalse();
    }

    /** All partitions ask, in the order that Kafka Streams has them in. */
    private void round(int passMillis, String... partitions) {
        for (String partition : partitions) {
            turns.offer(partition, timeLeft -> {
                boolean any = false;
                while (timeLeft.getAsBoolean()) {
                    passes.add(partition);
                    later(passMillis);
                    any = true;
                }
                return any;
            });
        }
    }

    private void later(int millis) {
        now += Duration.ofMillis(millis).toNanos();
    }
}
