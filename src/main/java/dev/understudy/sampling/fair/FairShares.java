package dev.understudy.sampling.fair;

import dev.understudy.wire.Priority;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Weighted fair shares between priorities: who waits all the time gets samples in proportion to its {@linkplain #weight
 * weight}, and who did not wait has no claim to what it missed. For any two priorities that wait from one moment to another,
 * samples served per weight differ by at most the sum of their largest single services, per weight.
 *
 * <p><em>Source</em>: start-time fair queueing, Goyal, Vin and Cheng, SIGCOMM 1996, section 2 and theorem 1. <em>Thread
 * safety</em>: none.
 */
public final class FairShares {
    private static final List<Priority> URGENT_FIRST = List.of(Priority.INTERACTIVE, Priority.NORMAL, Priority.BULK);
    private static final int LARGEST_WEIGHT = 16;

    private final Map<Priority, Long> starts = new EnumMap<>(Priority.class);
    private final Map<Priority, Integer> waiting = new EnumMap<>(Priority.class);
    private long virtualTime;

    public FairShares() {
        for (Priority priority : URGENT_FIRST) {
            starts.put(priority, 0L);
            waiting.put(priority, 0);
        }
    }

    /** Samples a priority gets while a priority of weight 1 gets one; a divisor of the largest, so that tags are exact. */
    public static int weight(Priority priority) {
        return switch (priority) {
            case INTERACTIVE -> LARGEST_WEIGHT;
            case NORMAL -> 4;
            case BULK -> 1;
        };
    }

    /** Notes that more waits, in a unit of the caller's. */
    public void arrive(Priority priority, int units) {
        if (waiting.get(priority) == 0) {
            starts.merge(priority, virtualTime, Math::max);
        }
        waiting.merge(priority, units, Integer::sum);
    }

    /** Notes that less waits, whether it was served or not. */
    public void leave(Priority priority, int units) {
        waiting.merge(priority, -units, Integer::sum);
        if (waiting.values().stream().allMatch(left -> left == 0)) {
            starts.values().forEach(start -> virtualTime = Math.max(virtualTime, start));
        }
    }

    /** What waits of a priority, in the unit it arrived in. */
    public int waiting(Priority priority) {
        return waiting.get(priority);
    }

    /** The candidate to serve next; of several that are level, the most urgent. */
    public Optional<Priority> next(Predicate<Priority> candidates) {
        return URGENT_FIRST.stream().filter(candidates).min(Comparator.comparing(starts::get));
    }

    /** Charges a priority for what it is served. */
    public void serve(Priority priority, int samples) {
        long start = starts.get(priority);
        virtualTime = Math.max(virtualTime, start);
        starts.put(priority, start + (long) samples * (LARGEST_WEIGHT / weight(priority)));
    }
}
