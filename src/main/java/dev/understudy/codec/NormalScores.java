package dev.understudy.codec;

import java.util.Arrays;
import org.apache.datasketches.kll.KllDoublesSketch;

/**
 * Numbers as standard normal scores and back: straight lines between {@value #KNOTS} quantiles. Where numbers repeat, their
 * score is that of the middle of their step. Immutable.
 */
final class NormalScores {
    static final int KNOTS = 512;
    private static final double[] SCORES = new double[KNOTS];

    static {
        for (int i = 0; i < KNOTS; i++) {
            SCORES[i] = Normal.score((i + 0.5) / KNOTS);
        }
    }

    private final double[] knots;

    /**
     * @param knots number at each probability {@code (i + 0.5) / 512}, not descending; the first and the last are the range
     */
    NormalScores(double[] knots) {
        this.knots = knots;
    }

    static NormalScores of(KllDoublesSketch numbers) {
        Distribution.Line line = Distribution.Line.through(NumberStatistics.sample(numbers));
        double[] knots = new double[KNOTS];
        for (int i = 0; i < KNOTS; i++) {
            knots[i] = line.quantile((i + 0.5) / KNOTS);
        }
        knots[0] = numbers.getMinItem();
        knots[KNOTS - 1] = numbers.getMaxItem();
        return new NormalScores(knots);
    }

    double[] knots() {
        return knots;
    }

    /** Whether a number lies in the range. */
    boolean covers(double number) {
        return number >= knots[0] && number <= knots[KNOTS - 1];
    }

    /** The score of a number, one beyond the range taken as its end. */
    double score(double number) {
        int found = Arrays.binarySearch(knots, number);
        if (found >= 0) {
            return stepScore(found);
        }
        int right = -found - 1;
        return right == 0
                ? stepScore(0)
                : right == KNOTS
                        ? stepScore(KNOTS - 1)
                        : between(number, knots[right - 1], knots[right], SCORES[right - 1], SCORES[right]);
    }

    private double stepScore(int knot) {
        int first = knot;
        int last = knot;
        while (first > 0 && knots[first - 1] == knots[knot]) {
            first--;
        }
        while (last < KNOTS - 1 && knots[last + 1] == knots[knot]) {
            last++;
        }
        return SCORES[(first + last) / 2];
    }

    /** The number of a score, one beyond the range taken as its end. */
    double number(double score) {
        int found = Arrays.binarySearch(SCORES, score);
        int right = found >= 0 ? found : -found - 1;
        return found >= 0 || right == 0 || right == KNOTS
                ? knots[Math.min(right, KNOTS - 1)]
                : between(score, SCORES[right - 1], SCORES[right], knots[right - 1], knots[right]);
    }

    private static double between(double at, double low, double high, double atLow, double atHigh) {
        return atLow + (atHigh - atLow) * (at - low) / (high - low);
    }
}
