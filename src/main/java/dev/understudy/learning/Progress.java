package dev.understudy.learning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How far a learner has come: what it consumed, and what it did with it. <em>Thread safety</em>: one owner. */
final class Progress {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TreeMap<Integer, Long> offsets;
    private long seen;
    private long rejected;
    private long rounds;
    private int restarts;
    private double cpuSeconds;
    private Acquaintance sinceLayout;
    private final TreeMap<String, Rest> rests;

    Progress() {
        this(new Saved(new TreeMap<>(), 0, 0, 0, 0, 0, null, null));
    }

    private Progress(Saved saved) {
        this.offsets = saved.offsets;
        this.seen = saved.seen;
        this.rejected = saved.rejected;
        this.rounds = saved.rounds;
        this.restarts = saved.restarts;
        this.cpuSeconds = saved.cpuSeconds;
        this.sinceLayout = saved.sinceLayout == null ? Acquaintance.fresh() : saved.sinceLayout;
        this.rests = saved.rests == null ? new TreeMap<>() : saved.rests;
    }

    private record Saved(
            TreeMap<Integer, Long> offsets,
            long seen,
            long rejected,
            long rounds,
            int restarts,
            double cpuSeconds,
            Acquaintance sinceLayout,
            TreeMap<String, Rest> rests) {}

    /**
     * How well a layout knows the records that came since it was learned.
     *
     * @param records that came
     * @param unknown values that it does not know, by field; fields without any are left out
     */
    private record Acquaintance(long records, TreeMap<String, Long> unknown) {
        static Acquaintance fresh() {
            return new Acquaintance(0, new TreeMap<>());
        }

        Acquaintance with(List<String> fields) {
            fields.forEach(field -> unknown.merge(field, 1L, Long::sum));
            return new Acquaintance(records + 1, unknown);
        }
    }

    /**
     * A field that was laid out anew is left alone for a while: twice as long each time, so that one which never settles does not
     * change the layout for ever; but one that then kept still for as long again starts over.
     *
     * @param records that it is left alone for
     * @param until records seen when that ends
     */
    private record Rest(long records, long until) {
        private static final long FIRST = 2L * Watch.WINDOW;
        private static final long LONGEST = FIRST << 10;

        static Rest first(long seen) {
            return new Rest(FIRST, seen + FIRST);
        }

        Rest next(long seen) {
            long longer = Math.min(LONGEST, 2 * records);
            return seen > until + records ? first(seen) : new Rest(longer, seen + longer);
        }
    }

    /** Whether a record of that place was counted before: after a restart some come again. */
    boolean covers(int partition, long offset) {
        return offset < offsets.getOrDefault(partition, 0L);
    }

    void took(int partition, long offset) {
        offsets.put(partition, offset + 1);
        seen++;
    }

    void rejected(int partition, long offset) {
        offsets.put(partition, offset + 1);
        rejected++;
    }

    /** A record that was taken turned out to be unsuitable. */
    void reconsidered() {
        seen--;
        rejected++;
    }

    /**
     * A record became a row.
     *
     * @param unknown fields whose values the layout does not know
     */
    void laidOut(List<String> unknown) {
        sinceLayout = sinceLayout.with(unknown);
    }

    /** Some fields are laid out anew. */
    void refreshed(Collection<String> fields) {
        sinceLayout = Acquaintance.fresh();
        fields.forEach(field ->
                rests.put(field, rests.containsKey(field) ? rests.get(field).next(seen) : Rest.first(seen)));
    }

    /** Whether a field is to be left alone for now, as it was laid out anew not long ago. */
    boolean rests(String field) {
        return rests.containsKey(field) && seen < rests.get(field).until();
    }

    void finishedRound() {
        rounds++;
    }

    void restarted() {
        restarts++;
    }

    void spent(long cpuNanos) {
        cpuSeconds += cpuNanos / 1e9;
    }

    /** Next offset by partition. */
    Map<Integer, Long> offsets() {
        return Map.copyOf(offsets);
    }

    /** The same for a wire record, whose maps have words for keys. */
    Map<String, Long> offsetsByName() {
        Map<String, Long> named = new TreeMap<>();
        offsets.forEach((partition, offset) -> named.put(partition.toString(), offset));
        return named;
    }

    long seen() {
        return seen;
    }

    long rejected() {
        return rejected;
    }

    long rounds() {
        return rounds;
    }

    /** Times the trainer was set back because a round diverged. */
    int restarts() {
        return restarts;
    }

    /** Records since the present layout was learned. */
    long laidOut() {
        return sinceLayout.records();
    }

    /** Values among these that the layout does not know, by field. */
    Map<String, Long> unknown() {
        return Map.copyOf(sinceLayout.unknown());
    }

    double cpuSeconds() {
        return cpuSeconds;
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(
                    new Saved(offsets, seen, rejected, rounds, restarts, cpuSeconds, sinceLayout, rests));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("progress cannot be written", e);
        }
    }

    /** Reads what {@link #toJson} wrote. */
    static Progress fromJson(String json) {
        try {
            return new Progress(JSON.readValue(json, Saved.class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("progress cannot be read", e);
        }
    }
}
