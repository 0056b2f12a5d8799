package dev.understudy.codec;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Distances of one column's distributions. */
final class Marginals {
    private Marginals() {}

    /** Largest distance of the two distribution functions. */
    static double kolmogorovSmirnov(double[] one, double[] other) {
        double[] a = one.clone();
        double[] b = other.clone();
        Arrays.sort(a);
        Arrays.sort(b);
        double largest = 0;
        int j = 0;
        for (int i = 0; i < a.length; i++) {
            if (i + 1 < a.length && a[i + 1] == a[i]) {
                continue;
            }
            while (j < b.length && b[j] <= a[i]) {
                j++;
            }
            largest = Math.max(largest, Math.abs((i + 1.0) / a.length - (double) j / b.length));
        }
        return largest;
    }

    /** Half the sum of differences of shares. */
    static double totalVariation(List<?> one, List<?> other) {
        Map<Object, Double> shares = new HashMap<>();
        one.forEach(value -> shares.merge(String.valueOf(value), 1.0 / one.size(), Double::sum));
        other.forEach(value -> shares.merge(String.valueOf(value), -1.0 / other.size(), Double::sum));
        return shares.values().stream().mapToDouble(Math::abs).sum() / 2;
    }
}
