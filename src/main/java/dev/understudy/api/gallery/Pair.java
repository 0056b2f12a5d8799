package dev.understudy.api.gallery;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Two scalar fields and how they go together on each side: drawn twice on the same axes, real records in the left chart. Two
 * that are ordered are scattered; of others the shares of one within each class of the other are a heat map.
 */
record Pair(Column x, Column y, Association real, Association synthetic) {
    private static final int MOST_FIELDS = 24;
    private static final int MOST_CLASSES = 10;
    private static final int MOST_BINS = 12;
    private static final double LEAST_STRENGTH = 0.1;
    private static final double MOST_OTHERS = 0.5;
    private static final int MARKER = 4;

    /** Pixels below a heat map. */
    private static final int ROOM = 160;

    /** A scalar field on both sides. */
    record Column(Field field, Sides<Object> values, Sides<?> keys) {
        static Column of(Field field, Sides<Object> values) {
            Sides<?> keys = field.ordered()
                    ? values.map(value -> Unit.read(field, value))
                    : values.map(value -> Objects.toString(value, null));
            return new Column(field, values, keys);
        }

        private Classes classes() {
            return field.ordered()
                    ? Classes.of(Quantity.of(field, values), MOST_BINS)
                    : Classes.of(field, values, MOST_CLASSES);
        }

        /** Whether most of its records would be seen in a heat map. */
        private boolean drawable() {
            Classes classes = field.ordered() ? null : classes();
            return classes == null || Arrays.stream(Side.values()).allMatch(side -> classes.others(side) < MOST_OTHERS);
        }
    }

    /** The most strongly associated pairs of the first fields, by the real records if there are any, the strongest first. */
    static List<Pair> strongest(List<Column> columns, int most) {
        List<Column> first =
                columns.stream().limit(MOST_FIELDS).filter(Column::drawable).toList();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            for (int j = i + 1; j < first.size(); j++) {
                pairs.add(of(first.get(i), first.get(j)));
            }
        }
        return pairs.stream()
                .filter(pair -> pair.strength() >= LEAST_STRENGTH)
                .sorted(Comparator.comparingDouble(Pair::strength).reversed())
                .limit(most)
                .toList();
    }

    private static Pair of(Column x, Column y) {
        return new Pair(
                x,
                y,
                Association.of(x.keys().real(), y.keys().real()),
                Association.of(x.keys().synthetic(), y.keys().synthetic()));
    }

    private double strength() {
        return x.keys().real().isEmpty() ? synthetic.strength() : real.strength();
    }

    Figure figure() {
        boolean scattered = x.field().ordered() && y.field().ordered();
        return new Figure(caption(), scattered ? scatters() : heatMaps());
    }

    private Caption caption() {
        String symbol = x.keys().real().isEmpty() ? synthetic.symbol() : real.symbol();
        return new Caption(
                x.field().path() + " and " + y.field().path(),
                List.of(new Caption.Remark(
                        symbol,
                        side -> x.keys().of(side).isEmpty()
                                ? "–"
                                : String.format(Locale.ROOT, "%.2f", (side == Side.REAL ? real : synthetic).value()))));
    }

    private List<XYChart> scatters() {
        Quantity across = Quantity.of(x.field(), x.values());
        Quantity up = Quantity.of(y.field(), y.values());
        return Arrays.stream(Side.values())
                .map(side -> {
                    XYChart chart = scatter(side, across, up);
                    titles(chart, x, y);
                    return chart;
                })
                .toList();
    }

    private static XYChart scatter(Side side, Quantity across, Quantity up) {
        XYChart chart = new XYChartBuilder().build();
        Style.apply(chart);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter).setMarkerSize(MARKER);
        chart.getStyler().setXAxisMin(across.low()).setXAxisMax(across.high());
        chart.getStyler().setYAxisMin(up.low()).setYAxisMax(up.high());
        chart.getStyler().setXAxisTickLabelsFormattingFunction(across::label);
        chart.getStyler().setYAxisTickLabelsFormattingFunction(up::label);
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        for (int i = 0; i < across.numbers().of(side).size(); i++) {
            Double x = across.numbers().of(side).get(i);
            Double y = up.numbers().of(side).get(i);
            if (x != null && y != null) {
                xs.add(across.clamp(x));
                ys.add(up.clamp(y));
            }
        }
        if (xs.isEmpty()) {
            // A chart wants a point; one far off the axes is not seen.
            xs.add(2 * across.low() - across.high());
            ys.add(2 * up.low() - up.high());
        }
        chart.addSeries(side.toString(), xs, ys).setMarker(SeriesMarkers.CIRCLE).setMarkerColor(side.color(110));
        return chart;
    }

    /** Numbers and short names lie on the horizontal axis. */
    private List<HeatMapChart> heatMaps() {
        Classes ofX = x.classes();
        Classes ofY = y.classes();
        boolean upright = x.field().ordered() || (!y.field().ordered() && ofX.letters() <= ofY.letters());
        return Arrays.stream(Side.values())
                .map(side -> upright ? heatMap(side, x, ofX, y, ofY) : heatMap(side, y, ofY, x, ofX))
                .toList();
    }

    private static HeatMapChart heatMap(Side side, Column x, Classes across, Column y, Classes up) {
        HeatMapChart chart = new HeatMapChartBuilder().build();
        Style.apply(chart);
        titles(chart, x, y);
        chart.getStyler().setRangeColors(new Color[] {Color.WHITE, side.color()});
        chart.getStyler().setPlotGridLinesVisible(false).setPlotContentSize(1);
        boolean level = across.letters() * Style.LETTER <= ROOM;
        chart.getStyler().setXAxisLabelRotation(level || x.field().ordered() ? 0 : 45);
        chart.getStyler().setXAxisTickMarkSpacingHint(Style.LETTER);
        chart.addSeries(side.toString(), across.labels(), up.labels(), cells(side, across, up))
                .setMin(0)
                .setMax(1);
        return chart;
    }

    private static void titles(AxesChart<?, ?> chart, Column x, Column y) {
        chart.setXAxisTitle(x.field().path());
        chart.setYAxisTitle(y.field().path());
        chart.getStyler().setAxisTitlesVisible(true);
        chart.getStyler().setXAxisTitleColor(Style.FAINT).setYAxisTitleColor(Style.FAINT);
    }

    /** Of each class of the vertical field how its records are shared among those of the horizontal one. */
    private static List<Number[]> cells(Side side, Classes across, Classes up) {
        double[][] counts = new double[up.labels().size()][across.labels().size()];
        for (int i = 0; i < up.indices().of(side).size(); i++) {
            Integer x = across.indices().of(side).get(i);
            Integer y = up.indices().of(side).get(i);
            if (Classes.labelled(x) && Classes.labelled(y)) {
                counts[y][x]++;
            }
        }
        List<Number[]> cells = new ArrayList<>();
        for (int y = 0; y < counts.length; y++) {
            double total = Math.max(1, Arrays.stream(counts[y]).sum());
            for (int x = 0; x < counts[y].length; x++) {
                cells.add(new Number[] {x, y, counts[y][x] / total});
            }
        }
        return cells;
    }
}
