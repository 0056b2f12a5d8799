package dev.understudy.sampling;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Shares a stream thread between taking records and forward passes. Kafka Streams takes but a record of each partition
 * between two punctuations, however long these are: if passes ran at every one, a burst would take seconds to come in, and what
 * is urgent would stand in it. So a round of passes is short, whatever the number of partitions, and after it records have
 * the thread for as long as they come, up to a limit. Partitions that have work share a round; who found no time in it is
 * first in the next.
 *
 * <p>One for each stream thread, and used by it alone.
 */
final class Turns {
    /** How long a round goes on: what is urgent waits for as long. */
    private static final long ROUND_NANOS = 20_000_000;

    /** How long records have the thread. */
    private static final long RECORDS_NANOS = 5_000_000;

    private final LongSupplier nanos;
    private final Map<Object, Long> seen = new HashMap<>();
    private final Set<Object> working = new HashSet<>();
    private final Set<Object> asked = new HashSet<>();
    private final Set<Object> owed = new HashSet<>();
    private long records;
    private long recordsAtLastPass;
    private long lastPassNanos;
    private long roundNanos;

    /**
     * @param nanos a clock that never goes back, in nanoseconds
     */
    Turns(LongSupplier nanos) {
        this.nanos = nanos;
        this.lastPassNanos = nanos.getAsLong() - RECORDS_NANOS;
    }

    /** Notes that a record was taken. */
    void record() {
        records++;
    }

    /** Notes that a partition has no work, or is gone. */
    void leave(Object partition) {
        seen.remove(partition);
        working.remove(partition);
        asked.remove(partition);
        owed.remove(partition);
    }

    /**
     * Lets a partition that has work run passes, if it is its turn. All that have work ask in each round.
     *
     * @param passes runs passes for as long as it is told that there is time; whether it ran any
     */
    void offer(Object partition, Predicate<BooleanSupplier> passes) {
        long now = nanos.getAsLong();
        if (!asked.add(partition)) {
            asked.clear();
            asked.add(partition);
            roundNanos = now;
        }
        if (working.add(partition)) {
            owed.add(partition);
        } else if (owed.isEmpty()) {
            owed.addAll(working);
        }
        boolean next =
                owed.contains(partition) && now - roundNanos < ROUND_NANOS && recordsHadTheirTime(partition, now);
        seen.put(partition, records);
        if (next) {
            run(passes, now + (roundNanos + ROUND_NANOS - now) / owed.size());
            owed.remove(partition);
        }
    }

    /** None came since the last pass, or since this partition last asked, or they came for long enough. */
    private boolean recordsHadTheirTime(Object partition, long now) {
        return records == recordsAtLastPass
                || records == seen.getOrDefault(partition, 0L)
                || now - lastPassNanos >= RECORDS_NANOS;
    }

    private void run(Predicate<BooleanSupplier> passes, long end) {
        if (passes.test(() -> nanos.getAsLong() < end)) {
            recordsAtLastPass = records;
            lastPassNanos = nanos.getAsLong();
        }
    }

    /** Whether passes that must not wait for a turn, as too much has come in, may go on. */
    BooleanSupplier atOnce() {
        long end = nanos.getAsLong() + ROUND_NANOS;
        return () -> nanos.getAsLong() < end;
    }
}
