package dev.understudy.api.gallery;

import java.util.List;
import java.util.Objects;

/** Bins of equal width, the same for both sides; what lies beyond counts in the outermost. */
record Bins(double low, double step, int count) {

    /** At most so many over the whole axis, with round edges; of integers each bin holds equally many. */
    static Bins of(Quantity quantity, int most) {
        double least = (quantity.high() - quantity.low()) / (most - 1);
        double step = quantity.unit().round(quantity.whole() ? Math.max(1, least) : least);
        double low = Math.floor(quantity.low() / step) * step;
        return new Bins(low, step, (int) Math.min(most, Math.floor((quantity.high() - low) / step) + 1));
    }

    int index(double number) {
        return (int) Math.max(0, Math.min(count - 1, Math.floor((number - low) / step)));
    }

    double edge(int bin) {
        return low + bin * step;
    }

    /** Middle of the numbers that a bin may hold, integers if these are whole. */
    double middle(int bin, Quantity quantity) {
        double width = quantity.whole() ? Math.max(0, step - 1) : step;
        return edge(bin) + width / 2;
    }

    /** Share of all records in each bin; the missing are in none. */
    double[] shares(List<Double> numbers) {
        double[] shares = new double[count];
        numbers.stream().filter(Objects::nonNull).forEach(number -> shares[index(number)] += 1.0 / numbers.size());
        return shares;
    }
}
