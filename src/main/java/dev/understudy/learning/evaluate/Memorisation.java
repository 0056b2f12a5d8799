package dev.understudy.learning.evaluate;

/**
 * Whether samples lie closer to records that were trained on than chance allows. Training and held-out records come from
 * one stream, so the record nearest to an honest sample is a training one as often as training records are among all.
 *
 * @param excess share of samples nearest to a training record beyond that, from 0 for chance to 1 for all
 * @param error its standard error, from the number of samples and of held-out records
 */
record Memorisation(double excess, double error) {
    /** Squared distances closer together than this are called equal: then chance decides. */
    private static final float TIE = 1e-3f;

    /**
     * @param training products of training points with the samples
     * @param heldOut of held-out points with the samples
     */
    static Memorisation of(Products training, Products heldOut) {
        double expected = (double) training.rows() / (training.rows() + heldOut.rows());
        double sum = 0;
        for (int sample = 0; sample < training.columns(); sample++) {
            float lead = nearest(heldOut, sample) - nearest(training, sample);
            sum += Math.abs(lead) <= TIE ? expected : lead > 0 ? 1 : 0;
        }
        double share = sum / training.columns();
        double odds = expected / (1 - expected);
        double error = Math.sqrt(odds * (1.0 / training.columns() + 1.0 / heldOut.rows()));
        return new Memorisation((share - expected) / (1 - expected), error);
    }

    private static float nearest(Products products, int sample) {
        float nearest = Float.POSITIVE_INFINITY;
        for (int row = 0; row < products.rows(); row++) {
            nearest = Math.min(nearest, products.squaredDistance(row, sample));
        }
        return nearest;
    }
}
