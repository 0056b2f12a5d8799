package dev.understudy.sampling.generate;

import dev.understudy.sampling.fair.FairShares;
import dev.understudy.wire.Priority;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * What waits for one version of one model, counted in samples. Weighted shares choose between priorities, turns between the
 * requests of a priority; of one request, the oldest samples go first. Not thread-safe.
 */
final class Lane {
    /** Turns in a full batch: the more, the sooner a small request is served beside large ones. */
    private static final int TURNS = 8;

    private final FairShares shares;
    private final Map<Priority, Round> rounds = new EnumMap<>(Priority.class);
    private final Set<Fragment> waiting = new LinkedHashSet<>();
    private final TreeMap<Instant, Set<Fragment>> deadlines = new TreeMap<>();
    private int samples;
    private int free;
    private long bytes;

    /**
     * @param shares of all lanes of a partition
     * @param turns numbers the turns of all lanes of a partition
     * @param size samples in a full batch
     */
    Lane(FairShares shares, LongSupplier turns, int size) {
        this.shares = shares;
        for (Priority priority : Priority.values()) {
            rounds.put(priority, new Round(Math.max(1, size / TURNS), turns));
        }
    }

    /** Samples that wait, also those that passes have taken. */
    int samples() {
        return samples;
    }

    /** Samples that no pass has taken. */
    int free() {
        return free;
    }

    /** Bytes that what waits carries. */
    long bytes() {
        return bytes;
    }

    /** Whether a priority has anything to choose. */
    boolean waits(Priority priority) {
        return rounds.get(priority).waits();
    }

    /** Number of the turn that is next in a priority that {@link #waits}. */
    long turn(Priority priority) {
        return rounds.get(priority).turn();
    }

    void add(Fragment fragment) {
        round(fragment).add(fragment);
        waiting.add(fragment);
        Instant deadline = fragment.noise().getDeadline();
        if (deadline != null) {
            deadlines.computeIfAbsent(deadline, at -> new LinkedHashSet<>()).add(fragment);
        }
        samples += fragment.rest();
        free += fragment.free();
        bytes += fragment.bytes();
        shares.arrive(fragment.noise().getPriority(), fragment.rest());
    }

    /** Lets go of a fragment, whatever is left of it. */
    void remove(Fragment fragment) {
        free -= fragment.free();
        bytes -= fragment.bytes();
        round(fragment).remove(fragment);
        waiting.remove(fragment);
        Instant deadline = fragment.noise().getDeadline();
        if (deadline != null) {
            deadlines.computeIfPresent(
                    deadline, (at, those) -> those.remove(fragment) && those.isEmpty() ? null : those);
        }
        left(fragment, fragment.rest());
    }

    /** Takes at most so many samples for a pass. */
    List<Portion> choose(int most) {
        Map<Fragment, Integer> chosen = new LinkedHashMap<>();
        int room = most;
        for (Optional<Priority> next = next(); room > 0 && next.isPresent(); next = next()) {
            int given = rounds.get(next.get()).take(room, chosen);
            shares.serve(next.get(), given);
            room -= given;
        }
        free -= most - room;
        return chosen.entrySet().stream()
                .map(taken -> new Portion(taken.getKey(), taken.getKey().taken(taken.getValue())))
                .toList();
    }

    private Optional<Priority> next() {
        return shares.next(this::waits);
    }

    /** Takes back that passes have taken samples, but of what was let go of. */
    void giveBack(List<Portion> portions) {
        for (Portion portion : portions) {
            if (!portion.fragment().isOver()) {
                round(portion.fragment()).giveBack(portion);
                free += portion.slice().count();
            }
        }
    }

    /** Counts the first of what was taken of a fragment as delivered. */
    void advance(Fragment fragment, int count) {
        fragment.advance(count);
        left(fragment, count);
    }

    private void left(Fragment fragment, int count) {
        samples -= count;
        shares.leave(fragment.noise().getPriority(), count);
    }

    /** What has waited since {@code millis} or longer. */
    List<Fragment> since(long millis) {
        return waiting.stream()
                .takeWhile(fragment -> fragment.arrivedMillis() <= millis)
                .toList();
    }

    /** Whether anything that no pass has taken has waited since {@code millis} or longer. */
    boolean waitsSince(long millis) {
        return since(millis).stream().anyMatch(fragment -> fragment.free() > 0);
    }

    /** What is past its deadline. */
    List<Fragment> expired(Instant now) {
        return deadlines.headMap(now, true).values().stream()
                .flatMap(Set::stream)
                .toList();
    }

    /** What waits of a request. */
    List<Fragment> of(String request) {
        return rounds.values().stream()
                .flatMap(round -> round.of(request).stream())
                .toList();
    }

    private Round round(Fragment fragment) {
        return rounds.get(fragment.noise().getPriority());
    }
}
