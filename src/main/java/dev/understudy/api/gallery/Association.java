package dev.understudy.api.gallery;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How strongly two fields of one side go together, over the records that have both: Spearman's rank correlation of two that
 * are ordered, the correlation ratio of an ordered one's ranks in the classes of the other, Cramér's V of two of classes.
 *
 * <p><em>Source</em>: the bias of the last two in small samples of many classes is taken off after Kelley 1935, "An unbiased
 * correlation ratio measure", and Bergsma 2013, "A bias-correction for Cramér's V and Tschuprow's T".
 *
 * @param symbol of the measure
 * @param value from 0 to 1, of a rank correlation from -1
 */
record Association(String symbol, double value) {
    private static final int LEAST_RECORDS = 10;

    /** How strong, whatever the direction. */
    double strength() {
        return Math.abs(value);
    }

    /**
     * Of two fields in the same records.
     *
     * @param x a Double or a class of any other type, null where it is missing
     * @param y the same
     */
    static Association of(List<?> x, List<?> y) {
        int[] both = IntStream.range(0, x.size())
                .filter(i -> x.get(i) != null && y.get(i) != null)
                .toArray();
        boolean xOrdered = ordered(x, both);
        boolean yOrdered = ordered(y, both);
        if (xOrdered && yOrdered) {
            return association("ρ", both, correlation(ranks(x, both), ranks(y, both)));
        }
        if (xOrdered || yOrdered) {
            double ratio = xOrdered ? ratio(ranks(x, both), codes(y, both)) : ratio(ranks(y, both), codes(x, both));
            return association("η", both, ratio);
        }
        return association("V", both, cramer(codes(x, both), codes(y, both)));
    }

    private static boolean ordered(List<?> values, int[] at) {
        return at.length > 0 && values.get(at[0]) instanceof Double;
    }

    private static Association association(String symbol, int[] both, double value) {
        return new Association(symbol, both.length < LEAST_RECORDS || Double.isNaN(value) ? 0 : value);
    }

    /** Ranks from 0, equal numbers sharing the middle of theirs. */
    private static double[] ranks(List<?> values, int[] at) {
        double[] numbers =
                Arrays.stream(at).mapToDouble(i -> (Double) values.get(i)).toArray();
        Integer[] order = IntStream.range(0, numbers.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> numbers[i]));
        double[] ranks = new double[numbers.length];
        for (int start = 0, end; start < order.length; start = end) {
            end = start;
            while (end < order.length && numbers[order[end]] == numbers[order[start]]) {
                end++;
            }
            for (int i = start; i < end; i++) {
                ranks[order[i]] = (start + end - 1) / 2.0;
            }
        }
        return ranks;
    }

    private static int[] codes(List<?> values, int[] at) {
        Map<Object, Integer> codes = new HashMap<>();
        return Arrays.stream(at)
                .map(i -> codes.computeIfAbsent(values.get(i), key -> codes.size()))
                .toArray();
    }

    private static double correlation(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }

    /** ε of the ranks: the root of the share of their variance that lies between the classes, less what chance puts there. */
    private static double ratio(double[] ranks, int[] codes) {
        int classes = Arrays.stream(codes).max().orElse(0) + 1;
        int n = ranks.length;
        double[] sums = new double[classes];
        int[] counts = new int[classes];
        for (int i = 0; i < n; i++) {
            sums[codes[i]] += ranks[i];
            counts[codes[i]]++;
        }
        double mean = Arrays.stream(ranks).average().orElse(0);
        double total =
                Arrays.stream(ranks).map(rank -> (rank - mean) * (rank - mean)).sum();
        double within = 0;
        for (int i = 0; i < n; i++) {
            double rest = ranks[i] - sums[codes[i]] / counts[codes[i]];
            within += rest * rest;
        }
        return n <= classes ? 0 : Math.sqrt(Math.max(0, 1 - within / total * (n - 1) / (n - classes)));
    }

    /** With r and c classes left after the correction, the root of φ² over min(r, c) - 1. */
    private static double cramer(int[] x, int[] y) {
        int rows = Arrays.stream(x).max().orElse(0) + 1;
        int columns = Arrays.stream(y).max().orElse(0) + 1;
        double n = x.length;
        double[] ofX = new double[rows];
        double[] ofY = new double[columns];
        Map<List<Integer>, Integer> cells = new HashMap<>();
        for (int i = 0; i < x.length; i++) {
            ofX[x[i]]++;
            ofY[y[i]]++;
            cells.merge(List.of(x[i], y[i]), 1, Integer::sum);
        }
        double sum = 0;
        for (Map.Entry<List<Integer>, Integer> cell : cells.entrySet()) {
            double count = cell.getValue();
            sum += count
                    * count
                    / (ofX[cell.getKey().get(0)] * ofY[cell.getKey().get(1)]);
        }
        double chance = (rows - 1.0) * (columns - 1.0) / (n - 1);
        double left = Math.min(
                rows - (rows - 1.0) * (rows - 1.0) / (n - 1), columns - (columns - 1.0) * (columns - 1.0) / (n - 1));
        return Math.sqrt(Math.min(1, Math.max(0, sum - 1 - chance) / (left - 1)));
    }
}
