package dev.understudy.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleOrderTest {
    private static final int BATCH = 16;

    @Test
    void ordersWhatPartitionsShuffle() {
        SampleOrder<Long> order = new SampleOrder<>(3, 8);
        order.offer(1, 2, 2L);
        order.offer(0, 1, 1L);
        assertThat(order.poll()).isNull();
        order.offer(1, 0, 0L);
        assertThat(List.of(order.poll(), order.poll(), order.poll())).containsExactly(0L, 1L, 2L);
        assertThat(order.complete()).isTrue();
    }

    @Test
    void ignoresASampleThatCameBefore() {
        SampleOrder<String> order = new SampleOrder<>(2, 8);
        order.offer(0, 0, "first");
        order.offer(0, 0, "again");
        assertThat(order.poll()).isEqualTo("first");
        order.offer(0, 0, "late");
        assertThat(order.poll()).isNull();
        assertThat(order.held()).isZero();
    }

    /** Partitions written as a windowed planner lets them be, read in the worst order: one as far ahead as allowed. */
    @Test
    void neitherStallsNorHoldsMoreThanTheWindowAllows() {
        int partitions = 4;
        int window = 4 * BATCH;
        int count = 4_000;
        Random random = new Random(7);
        List<Deque<Long>> logs = writtenThroughAWindow(partitions, window, count, random);

        SampleOrder<Long> order = new SampleOrder<>(count, window);
        List<Long> read = new ArrayList<>();
        int mostHeld = 0;
        while (!order.complete()) {
            int partition = greediest(order, logs);
            long index = logs.get(partition).remove();
            order.offer(partition, index, index);
            for (Long sample = order.poll(); sample != null; sample = order.poll()) {
                read.add(sample);
            }
            mostHeld = Math.max(mostHeld, order.held());
        }

        assertThat(read).hasSize(count).isSorted().doesNotHaveDuplicates();
        assertThat(mostHeld).isBetween(1, 2 * window);
    }

    private static int greediest(SampleOrder<Long> order, List<Deque<Long>> logs) {
        for (int partition = 0; partition < logs.size(); partition++) {
            if (!logs.get(partition).isEmpty() && !order.ahead(partition)) {
                return partition;
            }
        }
        throw new AssertionError("every partition is ahead: nothing may be read, nothing is complete");
    }

    /** Batches are released while fewer than the window are out, and settle in random order into random partitions. */
    private static List<Deque<Long>> writtenThroughAWindow(int partitions, int window, int count, Random random) {
        List<Deque<Long>> logs = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            logs.add(new ArrayDeque<>());
        }
        List<Long> out = new ArrayList<>();
        long released = 0;
        long lowest = 0;
        while (lowest < count) {
            while (released < count && released - lowest < window) {
                out.add(released);
                released += BATCH;
            }
            long batch = out.remove(random.nextInt(out.size()));
            Deque<Long> log = logs.get(random.nextInt(partitions));
            for (long index = batch; index < batch + BATCH; index++) {
                log.add(index);
            }
            lowest = out.stream().mapToLong(Long::longValue).min().orElse(released);
        }
        return logs;
    }
}
