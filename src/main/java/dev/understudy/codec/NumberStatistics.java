package dev.understudy.codec;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.LongsSketch;
import org.apache.datasketches.kll.KllDoublesSketch;

/**
 * Distribution of a stream of numbers: exact up to {@value #EXACT} different ones, sketched beyond, at most about a megabyte.
 * The sketch's rank error is about 0.1 %, and differs from run to run.
 */
final class NumberStatistics {
    static final int EXACT = 32_768;
    private static final int SKETCH_SIZE = 4_096;

    private NumberCounts counts = new NumberCounts(EXACT);
    private KllDoublesSketch quantiles;
    private LongsSketch frequent;
    private long total;
    private double distinctShare = 1;
    private double first = Double.NaN;
    private double last = Double.NaN;
    private boolean consecutive = true;

    void add(double number) {
        follow(number, number);
        take(number, 1);
    }

    /** Adds what others have seen, as if it came after. */
    void merge(NumberStatistics other) {
        if (other.total == 0) {
            return;
        }
        consecutive &= other.consecutive;
        follow(other.first, other.last);
        if (other.counts != null) {
            Weighted exact = other.counts.sorted();
            for (int i = 0; i < exact.distinct(); i++) {
                take(exact.numbers()[i], exact.weights()[i]);
            }
        } else {
            mergeSketches(other);
        }
    }

    private void mergeSketches(NumberStatistics other) {
        if (counts != null) {
            overflow(other.distinctShare);
        }
        quantiles.merge(other.quantiles);
        frequent.merge(other.frequent);
        total += other.total;
    }

    private void follow(double next, double end) {
        consecutive &= total == 0 || next == last + 1;
        first = total == 0 ? next : first;
        last = end;
    }

    private void take(double number, long weight) {
        total += weight;
        if (counts == null) {
            sketch(number, weight);
        } else if (!counts.add(number, weight)) {
            overflow(distinctShare());
            sketch(number, weight);
        }
    }

    private void overflow(double share) {
        distinctShare = share;
        quantiles = KllDoublesSketch.newHeapInstance(SKETCH_SIZE);
        frequent = new LongsSketch(SKETCH_SIZE);
        Weighted exact = counts.sorted();
        counts = null;
        for (int i = 0; i < exact.distinct(); i++) {
            sketch(exact.numbers()[i], exact.weights()[i]);
        }
    }

    private void sketch(double number, long weight) {
        quantiles.update(number, weight);
        frequent.update(Double.doubleToLongBits(number), weight);
    }

    long total() {
        return total;
    }

    /** Whether each number was the one before plus one. */
    boolean consecutive() {
        return consecutive;
    }

    /** Different numbers among all, from 0 to 1; where the exact counts ended if they did. */
    double distinctShare() {
        return counts == null ? distinctShare : counts.distinct() / (double) Math.max(1, total);
    }

    /** Different numbers, or more than {@link #EXACT}. */
    int distinct() {
        return counts == null ? EXACT + 1 : counts.distinct();
    }

    /** Numbers that occurred at least so often, ascending. */
    double[] atLeast(double count) {
        if (counts != null) {
            return frequent(counts.sorted(), count);
        }
        return Arrays.stream(frequent.getFrequentItems(ErrorType.NO_FALSE_POSITIVES))
                .filter(row -> row.getEstimate() >= count)
                .mapToDouble(row -> Double.longBitsToDouble(row.getItem()))
                .sorted()
                .toArray();
    }

    private static double[] frequent(Weighted sample, double count) {
        return IntStream.range(0, sample.distinct())
                .filter(i -> sample.weights()[i] >= count)
                .mapToDouble(i -> sample.numbers()[i])
                .toArray();
    }

    /** All numbers, or a sample of them from the sketch with weights that sum to {@link #total}. */
    Weighted sample() {
        if (counts != null) {
            return counts.sorted();
        }
        return sample(quantiles);
    }

    /** A sketch as a sample whose weights sum to what it was fed. */
    static Weighted sample(KllDoublesSketch quantiles) {
        NumberCounts merged = new NumberCounts(Integer.MAX_VALUE);
        double[] numbers = quantiles.getSortedView().getQuantiles();
        long[] cumulative = quantiles.getSortedView().getCumulativeWeights();
        for (int i = 0; i < numbers.length; i++) {
            merged.add(numbers[i], cumulative[i] - (i == 0 ? 0 : cumulative[i - 1]));
        }
        return merged.sorted();
    }

    /** How often a number occurred. */
    long count(double number) {
        if (counts == null) {
            return frequent.getEstimate(Double.doubleToLongBits(number));
        }
        Weighted exact = counts.sorted();
        return exact.weights()[Arrays.binarySearch(exact.numbers(), number)];
    }
}
