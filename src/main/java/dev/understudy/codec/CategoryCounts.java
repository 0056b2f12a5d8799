package dev.understudy.codec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;

/** How often each value occurred: exact up to {@value #EXACT} different ones, sketched beyond. */
final class CategoryCounts {
    static final int EXACT = 8_192;

    /** Characters of a text by which it is told apart. */
    static final int LONGEST = 256;

    /** Most frequent first, then by text, so that a layout does not depend on the order of a hash table. */
    private static final Comparator<Map.Entry<Object, Long>> ORDER = Map.Entry.<Object, Long>comparingByValue()
            .reversed()
            .thenComparing(entry -> entry.getKey().toString());

    private Map<Object, Long> exact = new HashMap<>();
    private ItemsSketch<Object> sketch;
    private double distinctShare;
    private long total;
    private long letters;
    private long spaced;

    void add(Object key) {
        if (key instanceof String text) {
            letters += text.length();
            spaced += text.indexOf(' ') >= 0 ? 1 : 0;
        }
        count(cut(key), 1);
    }

    /** Adds what others have seen. */
    void merge(CategoryCounts other) {
        letters += other.letters;
        spaced += other.spaced;
        if (other.sketch == null) {
            other.exact.forEach(this::count);
            return;
        }
        if (sketch == null) {
            overflow(other.distinctShare);
        }
        sketch.merge(other.sketch);
        total += other.total;
    }

    private void count(Object key, long times) {
        total += times;
        if (sketch != null) {
            sketch.update(key, times);
            return;
        }
        exact.merge(key, times, Long::sum);
        if (exact.size() > EXACT) {
            overflow(distinctShare());
        }
    }

    /** Text beyond the limit is told apart by its beginning only, which bounds the memory. */
    private static Object cut(Object key) {
        return key instanceof String text && text.length() > LONGEST ? text.substring(0, LONGEST) : key;
    }

    private void overflow(double share) {
        distinctShare = share;
        sketch = new ItemsSketch<>(EXACT);
        exact.forEach(sketch::update);
        exact = null;
    }

    long total() {
        return total;
    }

    /** Different values, or more than {@link #EXACT}. */
    int distinct() {
        return sketch == null ? exact.size() : EXACT + 1;
    }

    /** Whether there were more different values than are counted exactly. */
    boolean overflowed() {
        return sketch != null;
    }

    /** Different values among all, from 0 to 1; where the exact counts ended if they did. */
    double distinctShare() {
        return sketch == null ? exact.size() / (double) Math.max(1, total) : distinctShare;
    }

    /** Share of the values that occurred once: an estimate of how likely the next one is new (Good 1953). */
    double novelty() {
        return sketch == null
                ? exact.values().stream().filter(count -> count == 1).count() / (double) Math.max(1, total)
                : distinctShare;
    }

    /** Whether the texts look like sentences: spaces in most of them, or long on average. */
    boolean prose() {
        return spaced * 2 > total || letters > 40 * total;
    }

    boolean truncated() {
        return exact != null
                && exact.keySet().stream().anyMatch(key -> key instanceof String text && text.length() == LONGEST);
    }

    /** Values and their counts, most frequent first; of an overflowed count the frequent ones alone. */
    List<Map.Entry<Object, Long>> ranked() {
        if (sketch == null) {
            return exact.entrySet().stream()
                    .map(Map.Entry::copyOf)
                    .sorted(ORDER)
                    .toList();
        }
        List<Map.Entry<Object, Long>> ranked = new ArrayList<>();
        for (ItemsSketch.Row<Object> row : sketch.getFrequentItems(ErrorType.NO_FALSE_POSITIVES)) {
            ranked.add(Map.entry(row.getItem(), row.getEstimate()));
        }
        ranked.sort(ORDER);
        return ranked;
    }
}
