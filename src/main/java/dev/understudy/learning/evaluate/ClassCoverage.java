package dev.understudy.learning.evaluate;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;

/** Which classes of the choices the samples show: the share of those in at least 1 % of the real rows that are not missed. */
final class ClassCoverage {
    private static final double NOTEWORTHY = 0.01;

    /** A class shown less than this much as often as in the real rows is missed. */
    private static final double LEAST_RATIO = 0.25;

    private ClassCoverage() {}

    /**
     * @param real {@code [realCount, shape.width()]}
     * @param samples {@code [sampleCount, shape.width()]}
     * @return from 0 to 1; 1 if there is no choice
     */
    static double of(RowShape shape, float[] real, float[] samples) {
        double[] realShares = shares(shape, real);
        double[] sampleShares = shares(shape, samples);
        int noteworthy = 0;
        int shown = 0;
        for (Span span : shape.spans()) {
            for (int c = span.choiceOffset(); c < span.choiceOffset() + span.choices(); c++) {
                if (realShares[c] >= NOTEWORTHY) {
                    noteworthy++;
                    shown += sampleShares[c] >= LEAST_RATIO * realShares[c] ? 1 : 0;
                }
            }
        }
        return noteworthy == 0 ? 1 : (double) shown / noteworthy;
    }

    private static double[] shares(RowShape shape, float[] rows) {
        double[] shares = new double[shape.choices()];
        int count = rows.length / shape.width();
        for (int row = 0; row < count; row++) {
            for (int c = 0; c < shares.length; c++) {
                shares[c] += rows[row * shape.width() + c] / count;
            }
        }
        return shares;
    }
}
