package dev.understudy.api.gallery;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Windows of a series laid over each other, for each of the first channels: real ones on the left, on the same axes. */
final class SeriesFigures {
    private static final int MOST_CHANNELS = 8;
    private static final int WINDOWS = 16;
    private static final int HEIGHT = 180;
    private static final double HAIR = 1e-3;

    private final int channels;
    private final Sides<double[]> windows;

    private SeriesFigures(int channels, Sides<double[]> windows) {
        this.channels = channels;
        this.windows = windows;
    }

    static Panel of(Field field, Sides<Object> values) {
        int steps = field.hint().shape().get(0);
        int channels = field.hint().shape().get(1);
        int width = steps * channels;
        SeriesFigures drawn =
                new SeriesFigures(channels, new Sides<>(first(values.real(), width), first(values.synthetic(), width)));
        String remark = "series, " + steps + " steps" + (channels == 1 ? "" : " of " + channels + " channels")
                + (channels > MOST_CHANNELS ? ", the first " + MOST_CHANNELS : "");
        return new FigurePanel(
                new Heading(field.path(), remark, values), drawn.figures(), Math.min(2, channels), HEIGHT);
    }

    private static List<double[]> first(List<Object> values, int width) {
        return values.stream()
                .map(value -> Numbers.of(value, width))
                .filter(Objects::nonNull)
                .limit(WINDOWS)
                .toList();
    }

    private List<Figure> figures() {
        return IntStream.range(0, Math.min(MOST_CHANNELS, channels))
                .mapToObj(
                        channel -> new Figure(new Caption(channels == 1 ? "" : "channel " + channel), charts(channel)))
                .toList();
    }

    private List<XYChart> charts(int channel) {
        DoubleSummaryStatistics range = windows.both()
                .flatMapToDouble(window -> Arrays.stream(numbers(window, channel)))
                .summaryStatistics();
        return Arrays.stream(Side.values())
                .map(side -> chart(side, channel, range))
                .toList();
    }

    private XYChart chart(Side side, int channel, DoubleSummaryStatistics range) {
        XYChart chart = new XYChartBuilder().build();
        Style.apply(chart);
        chart.getStyler().setXAxisTickMarkSpacingHint(Style.SPACING);
        if (range.getMin() < range.getMax()) {
            double high = Quantity.apart(range.getMin(), range.getMax());
            double step = (high - range.getMin()) / Quantity.LABELS;
            chart.getStyler().setYAxisMin(range.getMin()).setYAxisMax(high);
            chart.getStyler().setYAxisTickLabelsFormattingFunction(number -> Unit.NUMBER.print(number, step));
        }
        List<double[]> shown = windows.of(side);
        for (int i = 0; i < shown.size(); i++) {
            double[] numbers = numbers(shown.get(i), channel);
            chart.addSeries(Integer.toString(i), steps(numbers.length), numbers)
                    .setMarker(SeriesMarkers.NONE)
                    .setLineStyle(SeriesLines.SOLID)
                    .setLineColor(side.tint(i % 2 == 0 ? 0.9 : 0.55))
                    .setLineWidth(1);
        }
        if (shown.isEmpty()) {
            chart.addSeries("none", new double[] {0}, new double[] {0}).setMarker(SeriesMarkers.NONE);
        }
        return chart;
    }

    /** Of a window of {@code [steps, channels]} one channel; its last number twice, see {@link #steps}. */
    private double[] numbers(double[] window, int channel) {
        int steps = window.length / channels;
        return IntStream.rangeClosed(0, steps)
                .mapToDouble(step -> window[Math.min(step, steps - 1) * channels + channel])
                .toArray();
    }

    /** The last step comes again a hair later, since XChart crowds the axis with labels if all points have the same distance. */
    private static double[] steps(int count) {
        return IntStream.range(0, count)
                .mapToDouble(step -> Math.min(step, count - 2 + HAIR))
                .toArray();
    }
}
