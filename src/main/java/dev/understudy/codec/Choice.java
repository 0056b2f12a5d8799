package dev.understudy.codec;

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
