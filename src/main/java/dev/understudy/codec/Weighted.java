package dev.understudy.codec;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A sample of numbers.
 *
 * @param numbers ascending, each once
 * @param weights how often each occurred, above 0
 */
record Weighted(double[] numbers, long[] weights) {

    long total() {
        return Arrays.stream(weights).sum();
    }

    int distinct() {
        return numbers.length;
    }

    /** The same without some of the numbers. */
    Weighted without(double[] ascending) {
        int[] kept = IntStream.range(0, numbers.length)
                .filter(i -> Arrays.binarySearch(ascending, numbers[i]) < 0)
                .toArray();
        return new Weighted(
                Arrays.stream(kept).mapToDouble(i -> numbers[i]).toArray(),
                Arrays.stream(kept).mapToLong(i -> weights[i]).toArray());
    }
}
