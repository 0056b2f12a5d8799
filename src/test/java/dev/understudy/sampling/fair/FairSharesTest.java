package dev.understudy.sampling.fair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.wire.Priority;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FairSharesTest {
    private static final int LARGEST = 32;

    /** Theorem 1 of the paper, over all intervals, while the third comes and goes. */
    @Property(tries = 200, seed = "7")
    void whoAlwaysWaitsGetsItsShareWithinTheBound(
            @ForAll Priority one, @ForAll Priority other, @ForAll int randomness) {
        Random random = new Random(randomness);
        FairShares shares = new FairShares();
        Set<Priority> waiting = new HashSet<>(Set.of(one));
        waiting.add(other);
        waiting.forEach(priority -> shares.arrive(priority, 1));
        Map<Priority, Integer> served = new EnumMap<>(Priority.class);
        double least = 0;
        double most = 0;
        for (int i = 0; i < 2000; i++) {
            for (Priority third : Priority.values()) {
                if (third != one && third != other && random.nextInt(20) == 0) {
                    turn(shares, waiting, third);
                }
            }
            Priority next = shares.next(waiting::contains).orElseThrow();
            int samples = 1 + random.nextInt(LARGEST);
            shares.serve(next, samples);
            served.merge(next, samples, Integer::sum);
            double difference = perWeight(served, one) - perWeight(served, other);
            least = Math.min(least, difference);
            most = Math.max(most, difference);
        }
        assertThat(most - least)
                .isLessThanOrEqualTo(1.0 * LARGEST / FairShares.weight(one) + 1.0 * LARGEST / FairShares.weight(other));
    }

    private static void turn(FairShares shares, Set<Priority> waiting, Priority priority) {
        if (waiting.add(priority)) {
            shares.arrive(priority, 1);
        } else {
            waiting.remove(priority);
            shares.leave(priority, 1);
        }
    }

    private static double perWeight(Map<Priority, Integer> served, Priority priority) {
        return 1.0 * served.getOrDefault(priority, 0) / FairShares.weight(priority);
    }

    @Test
    void sharesBySixteenToFourToOne() {
        FairShares shares = new FairShares();
        List.of(Priority.values()).forEach(priority -> shares.arrive(priority, 1));

        assertThat(served(shares, 2100))
                .isEqualTo(Map.of(Priority.INTERACTIVE, 1600, Priority.NORMAL, 400, Priority.BULK, 100));
    }

    @Test
    void whoDidNotWaitHasNoClaimToWhatItMissed() {
        FairShares shares = new FairShares();
        shares.arrive(Priority.BULK, 1);
        shares.arrive(Priority.NORMAL, 1);
        shares.serve(Priority.NORMAL, 1);
        shares.leave(Priority.NORMAL, 1);
        served(shares, 10_000);
        shares.arrive(Priority.NORMAL, 1);

        assertThat(served(shares, 500).get(Priority.BULK)).isBetween(99, 101);
    }

    @Test
    void whatWasServedIsForgivenOnceNothingWaits() {
        FairShares shares = new FairShares();
        shares.arrive(Priority.BULK, 1);
        served(shares, 10_000);
        shares.leave(Priority.BULK, 1);
        shares.arrive(Priority.NORMAL, 1);
        shares.arrive(Priority.BULK, 1);

        assertThat(served(shares, 500).get(Priority.BULK)).isBetween(99, 101);
    }

    private static Map<Priority, Integer> served(FairShares shares, int samples) {
        Map<Priority, Integer> served = new EnumMap<>(Priority.class);
        for (int i = 0; i < samples; i++) {
            Priority next =
                    shares.next(priority -> shares.waiting(priority) > 0).orElseThrow();
            shares.serve(next, 1);
            served.merge(next, 1, Integer::sum);
        }
        return served;
    }
}
