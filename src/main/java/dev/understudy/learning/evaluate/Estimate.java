package dev.understudy.learning.evaluate;

/**
 * A number with its uncertainty, by the jackknife: the value on all data, and on all but each block in turn. Two estimates
 * over the same blocks can be subtracted, and what they share in chance cancels.
 *
 * <p><em>Source</em>: Efron 1982, "The jackknife, the bootstrap and other resampling plans", in its delete-a-group form.
 *
 * @param value on all data
 * @param leftOut on all data but block b, {@code [blocks]}
 */
record Estimate(double value, double[] leftOut) {

    Estimate minus(Estimate other) {
        double[] difference = leftOut.clone();
        for (int b = 0; b < difference.length; b++) {
            difference[b] -= other.leftOut[b];
        }
        return new Estimate(value - other.value, difference);
    }

    /** Standard error. */
    double error() {
        double mean = 0;
        for (double each : leftOut) {
            mean += each / leftOut.length;
        }
        double squares = 0;
        for (double each : leftOut) {
            squares += (each - mean) * (each - mean);
        }
        return Math.sqrt(squares * (leftOut.length - 1) / leftOut.length);
    }
}
