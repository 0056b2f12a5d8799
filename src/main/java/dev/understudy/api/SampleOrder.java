package dev.understudy.api;

import java.util.HashMap;
import java.util.Map;

/**
 * Puts the samples of one request, read from many partitions, into the order of their index, in bounded memory.
 *
 * <p>The planner has at most {@code window} samples of a request under way. So whoever wrote index <i>i</i> wrote it after all
 * up to <i>i − window</i> were committed, and a partition that has shown an index of {@code next + window} or more cannot
 * hold {@code next} behind it: it is {@linkplain #ahead ahead}, and need not be read until the others have caught up.
 *
 * <p>Not thread-safe.
 *
 * @param <T> a sample
 */
final class SampleOrder<T> {
    private final long count;
    private final long window;
    private final Map<Long, T> early = new HashMap<>();
    private final Map<Integer, Long> shown = new HashMap<>();
    private long next;

    /**
     * @param count samples of the request
     * @param window samples that may be under way at once
     */
    SampleOrder(long count, long window) {
        this.count = count;
        this.window = window;
    }

    /** Takes a sample as it was read from a partition; one that was taken before is ignored. */
    void offer(int partition, long index, T sample) {
        shown.merge(partition, index, Math::max);
        if (index >= next) {
            early.putIfAbsent(index, sample);
        }
    }

    /** The next sample in order, or null if it was not read yet. */
    T poll() {
        T sample = early.remove(next);
        if (sample != null) {
            next++;
        }
        return sample;
    }

    /** Whether the next sample cannot be behind what the partition has shown. */
    boolean ahead(int partition) {
        return shown.getOrDefault(partition, Long.MIN_VALUE) >= next + window;
    }

    /** Whether all samples were polled. */
    boolean complete() {
        return next >= count;
    }

    /** Samples held back, waiting for an earlier one. */
    int held() {
        return early.size();
    }
}
