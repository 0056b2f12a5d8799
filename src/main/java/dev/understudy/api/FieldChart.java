package dev.understudy.api;

import java.awt.Color;
import java.awt.Font;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** One field's distribution, real beside synthetic: bars of a histogram for numbers, of the commonest values for others. */
final class FieldChart {
    private static final int BINS = 20;
    private static final int MOST_VALUES = 12;
    private static final int LABEL_LENGTH = 9;
    private static final int MOST_LABELS = 4;
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 13);
    private static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 10);
    private static final MathContext DIGITS = new MathContext(3);
    private static final double TAIL = 0.005;
    private static final String MISSING = "(none)";
    static final Color REAL = new Color(0x4C, 0x72, 0xB0);
    static final Color SYNTHETIC = new Color(0xDD, 0x84, 0x52);

    private FieldChart() {}

    /** A chart of the field of that dotted path, in pixels. */
    static CategoryChart of(
            String field, List<GenericRecord> real, List<GenericRecord> synthetic, int width, int height) {
        List<Object> reals = values(field, real);
        List<Object> synthetics = values(field, synthetic);
        Function<Object, String> binning = binning(reals.isEmpty() ? synthetics : reals);
        List<String> bins = bins(reals.isEmpty() ? synthetics : reals, binning);
        CategoryChart chart = new CategoryChartBuilder()
                .width(width)
                .height(height)
                .title(field)
                .build();
        style(chart, bins.size());
        chart.addSeries("real", bins, shares(reals, binning, bins)).setFillColor(REAL);
        chart.addSeries("synthetic", bins, shares(synthetics, binning, bins)).setFillColor(SYNTHETIC);
        return chart;
    }

    private static void style(CategoryChart chart, int bins) {
        chart.getStyler().setXAxisMaxLabelCount(Math.min(bins, MOST_LABELS)).setPlotGridVerticalLinesVisible(false);
        chart.getStyler().setLegendVisible(false).setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setAxisTickLabelsFont(TICKS).setChartTitleFont(TITLE);
        chart.getStyler().setYAxisDecimalPattern("0.##");
        chart.getStyler().setAvailableSpaceFill(0.9);
    }

    private static List<Object> values(String field, List<GenericRecord> records) {
        return records.stream().map(record -> value(record, field)).toList();
    }

    private static Object value(IndexedRecord record, String path) {
        Object value = record;
        for (String name : path.split("\\.", -1)) {
            IndexedRecord holder = (IndexedRecord) value;
            value = holder.get(holder.getSchema().getField(name).pos());
        }
        return value == null ? MISSING : value;
    }

    /** Numbers of more values than bars go into bins of equal width between their outer quantiles. */
    private static Function<Object, String> binning(List<Object> values) {
        double[] numbers = values.stream()
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .sorted()
                .toArray();
        if (DoubleStream.of(numbers).distinct().count() <= BINS) {
            return FieldChart::label;
        }
        double low = numbers[(int) (numbers.length * TAIL)];
        double step = (numbers[(int) (numbers.length * (1 - TAIL))] - low) / BINS;
        return value -> value instanceof Number number ? bin(number.doubleValue(), low, step) : label(value);
    }

    /** A bin is named by its middle, to three significant digits: bars are sorted by reading that back. */
    private static String bin(double number, double low, double step) {
        double index = Math.max(0, Math.min(BINS - 1, Math.floor((number - low) / step)));
        return new BigDecimal(low + (index + 0.5) * step)
                .round(DIGITS)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String label(Object value) {
        String text = Objects.toString(value);
        return text.length() <= LABEL_LENGTH ? text : text.substring(0, LABEL_LENGTH - 1) + "…";
    }

    /** Bars in order: numbers by size, the commonest of other values by frequency. */
    private static List<String> bins(List<Object> values, Function<Object, String> binning) {
        if (values.stream().anyMatch(Number.class::isInstance)) {
            Map<Double, String> sorted = new TreeMap<>();
            values.stream().map(binning).distinct().forEach(bin -> sorted.put(position(bin), bin));
            return List.copyOf(sorted.values());
        }
        Map<String, Long> counts =
                values.stream().collect(Collectors.groupingBy(binning, LinkedHashMap::new, Collectors.counting()));
        List<String> commonest = counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_VALUES)
                .map(Map.Entry::getKey)
                .toList();
        return commonest.isEmpty() ? List.of(MISSING) : commonest;
    }

    private static double position(String bin) {
        return bin.equals(MISSING) ? Double.NEGATIVE_INFINITY : Double.parseDouble(bin);
    }

    private static List<Double> shares(List<Object> values, Function<Object, String> binning, List<String> bins) {
        double[] shares = new double[bins.size()];
        Map<String, Integer> places =
                IntStream.range(0, bins.size()).boxed().collect(Collectors.toMap(bins::get, i -> i));
        values.stream()
                .map(binning)
                .map(places::get)
                .filter(Objects::nonNull)
                .forEach(place -> shares[place] += 1.0 / values.size());
        return new ArrayList<>(Arrays.stream(shares).boxed().toList());
    }
}
