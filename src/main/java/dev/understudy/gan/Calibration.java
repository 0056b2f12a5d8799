package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a serving generator has beside its weights: monotone maps of its scalars, and of the level of its series, that
 * {@link Calibrator} bends until marginals agree with real records. They start as the identity.
 *
 * <p>A map is piecewise linear over {@value #KNOTS} knots from {@value #LEAST} to {@code -LEAST} standard deviations.
 */
final class Calibration {

    static final int KNOTS = 241;
    static final double LEAST = -6;
    static final double KNOTS_PER_DEVIATION = (KNOTS - 1) / (-2 * LEAST);

    /** Directions in which the level of a series is mapped: those in which it differs most. */
    static final int MOST_AXES = 2;

    static final String SCALARS = "calibration.scalars";

    private final Var scalars;
    private final Map<Span, Level> levels = new HashMap<>();

    /** Variables of a series: axes {@code [axes, channels + 1]}, maps {@code [axes, KNOTS]}, back {@code [channels, axes]}. */
    private record Level(Var axes, Var maps, Var back) {}

    private Calibration(Var scalars) {
        this.scalars = scalars;
    }

    /** Declares its parameters. */
    static Calibration declare(Script script, RowShape shape) {
        var calibration = new Calibration(
                shape.scalars() == 0
                        ? null
                        : script.parameter(SCALARS, List.of(shape.scalars(), KNOTS), identity(shape.scalars())));
        for (Span span : shape.separate()) {
            if (span.value() instanceof Span.Series series) {
                int axes = axes(series);
                calibration.levels.put(
                        span,
                        new Level(
                                zeros(script, axesName(span), axes, series.channels() + 1),
                                script.parameter(mapsName(span), List.of(axes, KNOTS), identity(axes)),
                                zeros(script, backName(span), series.channels(), axes)));
            }
        }
        return calibration;
    }

    static int axes(Span.Series series) {
        return Math.min(MOST_AXES, series.channels());
    }

    static String axesName(Span span) {
        return "calibration.axes." + span.valueOffset();
    }

    static String mapsName(Span span) {
        return "calibration.maps." + span.valueOffset();
    }

    static String backName(Span span) {
        return "calibration.back." + span.valueOffset();
    }

    private static Var zeros(Script script, String name, int rows, int columns) {
        return script.parameter(
                name, List.of(rows, columns), new Parameter.Fixed(Collections.nCopies(rows * columns, 0f)));
    }

    private static Parameter.Fixed identity(int maps) {
        return new Parameter.Fixed(
                Stream.generate(() -> IntStream.range(0, KNOTS).mapToObj(i -> (float) knot(i)))
                        .limit(maps)
                        .flatMap(knots -> knots)
                        .toList());
    }

    /** Where a knot lies. */
    static double knot(int index) {
        return LEAST + index / KNOTS_PER_DEVIATION;
    }

    /** The scalars {@code [batch, scalars]}, each through its map. */
    Var scalars(Script script, Var values) {
        return mapped(script, values, scalars);
    }

    private static Var mapped(Script script, Var values, Var maps) {
        var shape = values.shape();
        var starts = script.constant(
                IntStream.range(0, values.width())
                        .mapToObj(i -> (double) i * KNOTS)
                        .toList(),
                values);
        var place = script.line(
                shape,
                "torch.clamp(torch.mul(torch.sub(%s, %s), %s), 0., %s)",
                values,
                LEAST,
                KNOTS_PER_DEVIATION,
                KNOTS - 1.001);
        var knot = script.line(shape, "torch.floor(%s)", place);
        var index = script.line(shape, "torch.flatten(torch.to(torch.add(%s, %s), 4))", knot, starts);
        var low = script.line(
                shape, "torch.view_as(torch.index_select(torch.flatten(%s), 0, %s), %s)", maps, index, values);
        var high = script.line(
                shape,
                "torch.view_as(torch.index_select(torch.flatten(%s), 0, torch.add(%s, 1)), %s)",
                maps,
                index,
                values);
        return script.line(shape, "torch.lerp(%s, %s, torch.sub(%s, %s))", low, high, place, knot);
    }

    /** A series moved as a whole, so that its mean over time falls where the map says; any other value as it is. */
    Var level(Script script, Span span, Var value) {
        var level = levels.get(span);
        if (level == null) {
            return value;
        }
        var series = (Span.Series) span.value();
        var mean = new SeriesValues(series).level(script, value);
        var ones = script.line(List.of(series.channels() + 1), "torch.constant_pad_nd(%s, [0, 1], 1.)", mean);
        var along = script.line(List.of(axes(series)), "torch.linear(%s, %s)", ones, level.axes());
        var move = script.line(along.shape(), "torch.sub(%s, %s)", mapped(script, along, level.maps()), along);
        var first = script.line(
                List.of(series.channels()),
                "torch.add(%s, torch.linear(%s, %s))",
                script.slice(value, 0, series.channels()),
                move,
                level.back());
        return series.steps() == 1
                ? first
                : script.concatenate(List.of(first, script.slice(value, series.channels(), series.width())));
    }
}
