package dev.understudy.gan;

import dev.understudy.codec.Span;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The values that the whitened form of a series adds up to. */
final class SeriesValues {

    private final Span.Series series;
    private final double[][] first;
    private final double[][] next;

    SeriesValues(Span.Series series) {
        this.series = series;
        this.first = matrix(series.first());
        this.next = matrix(series.next());
    }

    private double[][] matrix(List<Float> numbers) {
        int columns = series.channels() + 1;
        return IntStream.range(0, series.channels())
                .mapToObj(row -> numbers.subList(row * columns, (row + 1) * columns).stream()
                        .mapToDouble(Float::doubleValue)
                        .toArray())
                .toArray(double[][]::new);
    }

    /** Affine map {@code [channels, channels + 1]} from the first floats to the first value. */
    double[][] first() {
        return first;
    }

    /** The same from a later step to the difference of two values. */
    double[][] next() {
        return next;
    }

    /** Differences between values that follow each other, {@code [steps - 1, channels]}; there are at least two steps. */
    Var differences(Script script, Var value) {
        var later = script.slice(value, series.channels(), series.width());
        return affine(script, script.reshape(later, series.steps() - 1, series.channels()), next);
    }

    /** The values, {@code [steps, channels]}. */
    Var values(Script script, Var value) {
        var start =
                affine(script, script.reshape(script.slice(value, 0, series.channels()), 1, series.channels()), first);
        return series.steps() == 1
                ? start
                : script.line(
                        List.of(series.steps(), series.channels()),
                        "torch.cumsum(torch.cat([%s, %s], 1), 1)",
                        start,
                        differences(script, value));
    }

    /** Mean of each channel over time, {@code [channels]}. */
    Var level(Script script, Var value) {
        return script.line(List.of(series.channels()), "torch.mean(%s, [1])", values(script, value));
    }

    private static Var affine(Script script, Var x, double[][] map) {
        int channels = map.length;
        var weights = Arrays.stream(map)
                .flatMapToDouble(row -> DoubleStream.of(row).limit(channels))
                .boxed()
                .toList();
        return script.line(
                x.shape(),
                "torch.linear(%s, torch.reshape(%s, [%d, %d]), torch.squeeze(%s, 0))",
                x,
                script.constant(weights, x),
                channels,
                channels,
                script.constant(means(map), x));
    }

    /** Differences in the scale of the real ones. */
    Var scaledDifferences(Script script, Var value) {
        var deviations = IntStream.range(0, next.length)
                .mapToObj(channel -> Math.sqrt(covariance(next, channel, channel) + 1e-12))
                .toList();
        return scaled(script, differences(script, value), means(next), deviations);
    }

    /** How far each channel is from the first, in the scale of the real first values, {@code [steps, channels]}. */
    Var scaledSpreads(Script script, Var values) {
        var means = means(first);
        var deviations = IntStream.range(0, first.length)
                .mapToObj(c -> Math.sqrt(Math.max(
                        1e-6, covariance(first, c, c) + covariance(first, 0, 0) - 2 * covariance(first, c, 0))))
                .toList();
        var spread = script.line(values.shape(), "torch.sub(%s, torch.narrow(%s, 2, 0, 1))", values, values);
        return scaled(
                script, spread, means.stream().map(mean -> mean - means.get(0)).toList(), deviations);
    }

    private static Var scaled(Script script, Var x, List<Double> means, List<Double> deviations) {
        return script.line(
                x.shape(),
                "torch.div(torch.sub(%s, %s), %s)",
                x,
                script.constant(means, x),
                script.constant(deviations, x));
    }

    private static List<Double> means(double[][] map) {
        return Arrays.stream(map).map(row -> row[row.length - 1]).toList();
    }

    private static double covariance(double[][] map, int one, int other) {
        return IntStream.range(0, map.length)
                .mapToDouble(i -> map[one][i] * map[other][i])
                .sum();
    }
}
