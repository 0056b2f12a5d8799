package dev.understudy.api.gallery;

import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * A field of numbers or times, on one axis for both sides.
 *
 * @param numbers of the records, in its unit; null where one is missing
 * @param low end of the axis: nearly all numbers of both sides lie above
 * @param high the other end, larger
 * @param whole whether there are integers alone
 * @param distinct different numbers of both sides
 */
record Quantity(Unit unit, Sides<Double> numbers, double low, double high, boolean whole, int distinct) {
    /** Share of the numbers that may lie beyond either end, so that a few outliers do not squeeze the rest. */
    private static final double TAIL = 0.005;

    /** Shortest axis beside the size of its numbers: ticks between neighbouring doubles could not be told apart. */
    private static final double FINEST = 1e-9;

    /** Labels at an axis, about. */
    static final int LABELS = 4;

    static Quantity of(Field field, Sides<Object> values) {
        Sides<Double> numbers = values.map(value -> Unit.read(field, value));
        double[] sorted = numbers.both()
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        int distinct = (int) DoubleStream.of(sorted).distinct().count();
        boolean whole = DoubleStream.of(sorted).allMatch(number -> number == Math.rint(number));
        if (distinct <= 1) {
            double only = distinct == 0 ? 0 : sorted[0];
            return new Quantity(Unit.of(field), numbers, only, only + 1 + Math.abs(only), whole, distinct);
        }
        int tail = (int) (sorted.length * TAIL);
        boolean bulk = sorted[tail] < sorted[sorted.length - 1 - tail];
        double low = sorted[bulk ? tail : 0];
        double high = apart(low, sorted[sorted.length - 1 - (bulk ? tail : 0)]);
        return new Quantity(Unit.of(field), numbers, low, high, whole, distinct);
    }

    /** The high end of an axis, so far from the low one that what lies between can be told apart. */
    static double apart(double low, double high) {
        return Math.max(high, low + FINEST * Math.abs(low));
    }

    /** The nearest number on the axis. */
    double clamp(double number) {
        return Math.max(low, Math.min(high, number));
    }

    /** A number on the axis, as precise as a few labels on it need. */
    String label(double number) {
        return unit.print(number, (high - low) / LABELS);
    }
}
