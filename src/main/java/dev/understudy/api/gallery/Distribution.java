package dev.understudy.api.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Distributions of one field laid over each other: histograms of what has many values, bars of the classes of others. */
final class Distribution {
    private static final int BINS = 30;
    private static final int MOST_BARS = 20;
    private static final int MOST_CLASSES = 10;
    private static final double HAIR = 1e-3;

    /** Pixels that all lying bars have. */
    private static final int BARS = 140;

    private Distribution() {}

    static Figure of(Field field, Sides<Object> values) {
        Quantity quantity = Quantity.of(field, values);
        if (field.ordered() && quantity.distinct() > MOST_BARS) {
            return new Figure(Caption.of(field.path(), values), histogram(quantity));
        }
        boolean numbers = quantity.distinct() > 0 && quantity.unit() == Unit.NUMBER;
        Classes classes =
                Classes.of(field, values, numbers ? MOST_BARS : MOST_CLASSES).withMissing();
        Caption caption = new Caption(field.path());
        return new Figure(caption.and("others", classes::others), numbers ? columns(classes) : bars(classes));
    }

    /** Shares in bins as two areas, each seen through the other. */
    static XYChart histogram(Quantity quantity) {
        Bins bins = Bins.of(quantity, BINS);
        XYChart chart = new XYChartBuilder().build();
        Style.apply(chart);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.StepArea);
        chart.getStyler().setYAxisMin(0.0).setYAxisTickLabelsFormattingFunction(Distribution::percent);
        chart.getStyler().setXAxisMin(bins.edge(0)).setXAxisMax(bins.edge(bins.count()));
        chart.getStyler().setXAxisTickMarkSpacingHint(Style.SPACING);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(quantity::label);
        List<Double> edges = edges(bins);
        for (Side side : Side.values()) {
            List<Double> heights = heights(bins.shares(quantity.numbers().of(side)));
            chart.addSeries(side.toString(), edges, heights)
                    .setMarker(SeriesMarkers.NONE)
                    .setLineColor(side.color())
                    .setLineWidth(1.4f)
                    .setFillColor(side.color(70));
        }
        return chart;
    }

    /**
     * All edges, the outermost twice, but not at quite the same place: XChart crowds the axis with labels if all points have the
     * same distance.
     */
    private static List<Double> edges(Bins bins) {
        List<Double> edges = new ArrayList<>(List.of(bins.edge(0) - HAIR * bins.step()));
        IntStream.rangeClosed(0, bins.count()).mapToObj(bins::edge).forEach(edges::add);
        edges.add(bins.edge(bins.count()) + HAIR * bins.step());
        return edges;
    }

    /** Up at the first edge, from each edge on the height of its bin, and down at the last one. */
    private static List<Double> heights(double[] shares) {
        List<Double> heights = new ArrayList<>(List.of(0.0));
        DoubleStream.of(shares).forEach(heights::add);
        heights.addAll(List.of(shares[shares.length - 1], 0.0));
        return heights;
    }

    static String percent(double share) {
        double scale = share < 0.1 ? 1e3 : 1e2;
        return Unit.NUMBER.print(Math.round(scale * share) * 1e2 / scale, 0) + "%";
    }

    /** Upright bars, for classes of short names. */
    static CategoryChart columns(Classes classes) {
        CategoryChart chart = new CategoryChartBuilder().build();
        Style.apply(chart);
        chart.getStyler().setAvailableSpaceFill(0.85).setXAxisTickMarkSpacingHint(Style.LETTER * classes.longest() + 4);
        chart.getStyler().setYAxisMin(0.0).setYAxisTickLabelsFormattingFunction(Distribution::percent);
        for (Side side : Side.values()) {
            List<Double> shares = DoubleStream.of(classes.shares(side)).boxed().toList();
            chart.addSeries(side.toString(), classes.labels(), shares).setFillColor(side.color(210));
        }
        return chart;
    }

    /** Lying bars, for classes with names. */
    static HorizontalBarChart bars(Classes classes) {
        HorizontalBarChart chart = new HorizontalBarChartBuilder().build();
        Style.apply(chart);
        chart.getStyler()
                .setAvailableSpaceFill(0.8)
                .setXAxisTickMarkSpacingHint(BARS / classes.labels().size());
        chart.getStyler().setXAxisMin(0.0).setXAxisTickLabelsFormattingFunction(Distribution::percent);
        for (Side side : Side.values()) {
            List<Double> shares = DoubleStream.of(classes.shares(side)).boxed().toList();
            chart.addSeries(side.toString(), shares, classes.labels()).setFillColor(side.color(210));
        }
        return chart;
    }
}
