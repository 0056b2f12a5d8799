package dev.understudy.codec;

import org.apache.commons.rng.UniformRandomProvider;

/** One-hot floats in a row. */
final class Choice {
    private Choice() {}

    /** Sets class {@code chosen} of {@code classes} to 1 and the others to 0. */
    static void write(float[] rows, int offset, int classes, int chosen) {
        for (int i = 0; i < classes; i++) {
            rows[offset + i] = i == chosen ? 1 : 0;
        }
    }

    /** The first of the largest. */
    static int read(float[] rows, int offset, int classes) {
        int best = 0;
        for (int i = 1; i < classes; i++) {
            if (rows[offset + i] > rows[offset + best]) {
                best = i;
            }
        }
        return best;
    }

    /** Draws a class by shares, which need not sum to 1; 0 if there are none. */
    static int draw(float[] shares, UniformRandomProvider draws) {
        double total = 0;
        for (float share : shares) {
            total += share;
        }
        double left = draws.nextDouble() * total;
        int chosen = 0;
        while (chosen < shares.length - 1 && left >= shares[chosen]) {
            left -= shares[chosen++];
        }
        return chosen;
    }

    /** Counts as shares of their sum. */
    static float[] shares(long[] counts) {
        double total = 0;
        for (long count : counts) {
            total += count;
        }
        float[] shares = new float[counts.length];
        for (int i = 0; i < counts.length; i++) {
            shares[i] = (float) (counts[i] / total);
        }
        return shares;
    }
}
