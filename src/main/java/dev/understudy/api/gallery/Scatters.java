package dev.understudy.api.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Two fields of numbers or times, a scatter chart for each side on the same axes; what lies beyond is drawn at the edge. */
final class Scatters {
    private static final int MARKER = 4;

    private final Quantity across;
    private final Quantity up;

    Scatters(Quantity across, Quantity up) {
        this.across = across;
        this.up = up;
    }

    /** Real records first. */
    List<XYChart> charts() {
        return Arrays.stream(Side.values()).map(this::chart).toList();
    }

    private XYChart chart(Side side) {
        XYChart chart = new XYChartBuilder().build();
        Style.apply(chart);
        chart.getStyler()
                .setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
                .setMarkerSize(MARKER);
        chart.getStyler().setXAxisMin(across.low()).setXAxisMax(across.high());
        chart.getStyler().setYAxisMin(up.low()).setYAxisMax(up.high());
        chart.getStyler().setXAxisTickMarkSpacingHint(Style.SPACING);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(across::label);
        chart.getStyler().setYAxisTickLabelsFormattingFunction(up::label);
        add(chart, side);
        return chart;
    }

    private void add(XYChart chart, Side side) {
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
    }
}
