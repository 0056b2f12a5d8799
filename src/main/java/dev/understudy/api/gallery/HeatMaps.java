package dev.understudy.api.gallery;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Two fields of classes, a heat map for each side in the same scale: for each class of the vertical field how its records are
 * shared among those of the horizontal one.
 */
final class HeatMaps {
    /** Pixels below a heat map. */
    private static final int ROOM = 150;

    private static final int SLANT = 45;

    private final Classes across;
    private final Classes up;

    HeatMaps(Classes across, Classes up) {
        this.across = across;
        this.up = up;
    }

    /** Real records first. */
    List<HeatMapChart> charts() {
        double[][] real = shares(Side.REAL);
        double[][] synthetic = shares(Side.SYNTHETIC);
        double largest = Stream.of(real, synthetic)
                .flatMap(Arrays::stream)
                .flatMapToDouble(DoubleStream::of)
                .max()
                .orElse(0);
        double darkest = largest > 0 ? largest : 1;
        return List.of(chart(Side.REAL, real, darkest), chart(Side.SYNTHETIC, synthetic, darkest));
    }

    /** {@code [up, across]}; each row that has records sums to 1. */
    private double[][] shares(Side side) {
        double[][] shares = new double[up.labels().size()][across.labels().size()];
        for (int i = 0; i < up.indices().of(side).size(); i++) {
            Integer x = across.indices().of(side).get(i);
            Integer y = up.indices().of(side).get(i);
            if (Classes.labelled(x) && Classes.labelled(y)) {
                shares[y][x]++;
            }
        }
        for (double[] row : shares) {
            double total = Math.max(1, Arrays.stream(row).sum());
            Arrays.setAll(row, x -> row[x] / total);
        }
        return shares;
    }

    private HeatMapChart chart(Side side, double[][] shares, double darkest) {
        HeatMapChart chart = new HeatMapChartBuilder().build();
        Style.apply(chart);
        chart.getStyler().setRangeColors(new Color[] {Color.WHITE, side.color()});
        chart.getStyler().setPlotGridLinesVisible(false).setPlotContentSize(1);
        // An invisible legend takes no room, but only below.
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS).setXAxisTickMarkSpacingHint(Style.LETTER);
        int every = 1 + across.labels().size() * (across.longest() + 1) * Style.LETTER / ROOM;
        chart.getStyler().setXAxisLabelRotation(across.binned() || every == 1 ? 0 : SLANT);
        chart.addSeries(side.toString(), across.every(across.binned() ? every : 1), topDown(), cells(shares))
                .setMin(0)
                .setMax(darkest);
        return chart;
    }

    /** A chart begins at the bottom. */
    private List<String> topDown() {
        List<String> labels = new ArrayList<>(up.labels());
        Collections.reverse(labels);
        return labels;
    }

    private static List<Number[]> cells(double[][] shares) {
        List<Number[]> cells = new ArrayList<>();
        for (int y = 0; y < shares.length; y++) {
            for (int x = 0; x < shares[y].length; x++) {
                cells.add(new Number[] {x, shares.length - 1 - y, shares[y][x]});
            }
        }
        return cells;
    }
}
