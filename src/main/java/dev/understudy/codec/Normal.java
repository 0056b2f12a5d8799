package dev.understudy.codec;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** Probabilities as standard normal scores and back. */
final class Normal {
    /** Smallest probability that becomes a score, so that scores stay within 3.9. */
    private static final double TAIL = 5e-5;

    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    private Normal() {}

    /** Probit of a probability, clipped to [5e-5, 1 - 5e-5]. */
    static float score(double probability) {
        double clipped = Math.max(TAIL, Math.min(1 - TAIL, probability));
        return (float) STANDARD.inverseCumulativeProbability(clipped);
    }

    /** Score of a probability drawn a little to the middle rather than clipped, so that {@link #share} gives it back. */
    static float within(double probability) {
        return score(TAIL + (1 - 2 * TAIL) * probability);
    }

    /** What {@link #within} made a score of, from 0 to 1. */
    static double share(float score) {
        return Math.max(0, Math.min(1, (probability(score) - TAIL) / (1 - 2 * TAIL)));
    }

    /** Probability of a score; one half if it is not a number. */
    private static double probability(float score) {
        return Float.isNaN(score) ? 0.5 : STANDARD.cumulativeProbability(score);
    }
}
