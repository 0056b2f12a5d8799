package dev.understudy.gan;

/** Checks of hyperparameters. */
final class Range {

    private Range() {}

    /**
     * @throws IllegalArgumentException naming field, value and limits, if the value is outside of them
     */
    static void check(String field, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(field + " is " + value + ", must be from " + least + " to " + most);
        }
    }
}
