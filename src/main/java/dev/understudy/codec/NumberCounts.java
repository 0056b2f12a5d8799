package dev.understudy.codec;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How often each number occurred: a hash table of primitives with open addressing, up to a number of different ones. */
final class NumberCounts {
    private static final int FIRST_SLOTS = 64;

    private final int limit;
    private double[] numbers = new double[FIRST_SLOTS];
    private long[] counts = new long[FIRST_SLOTS];
    private int distinct;

    NumberCounts(int limit) {
        this.limit = limit;
    }

    int distinct() {
        return distinct;
    }

    /** Counts a number, unless it would be one too many: then it returns false. */
    boolean add(double number, long count) {
        int slot = slot(number);
        if (counts[slot] == 0) {
            if (distinct == limit) {
                return false;
            }
            distinct++;
            numbers[slot] = number;
        }
        counts[slot] += count;
        if (distinct * 2 > numbers.length) {
            grow();
        }
        return true;
    }

    private int slot(double number) {
        int mask = numbers.length - 1;
        int slot = spread(Double.doubleToLongBits(number)) & mask;
        while (counts[slot] != 0 && numbers[slot] != number) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int spread(long bits) {
        long mixed = bits * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }

    private void grow() {
        double[] oldNumbers = numbers;
        long[] oldCounts = counts;
        numbers = new double[oldNumbers.length * 2];
        counts = new long[oldNumbers.length * 2];
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldCounts[i] != 0) {
                int slot = slot(oldNumbers[i]);
                numbers[slot] = oldNumbers[i];
                counts[slot] = oldCounts[i];
            }
        }
    }

    /** What was counted, by ascending number. */
    Weighted sorted() {
        int[] used =
                IntStream.range(0, counts.length).filter(i -> counts[i] != 0).toArray();
        double[] sorted =
                Arrays.stream(used).mapToDouble(i -> numbers[i]).sorted().toArray();
        long[] weights =
                Arrays.stream(sorted).mapToLong(number -> counts[slot(number)]).toArray();
        return new Weighted(sorted, weights);
    }
}
