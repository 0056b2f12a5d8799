package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.util.Arrays;
import java.util.List;

/**
 * Weights γ of the gradient penalty, by part of the row. Too small and the critic memorises or diverges; too large and it sees
 * only what is coarse.
 *
 * @param dense on the choices and scalars; .03, falling to .01 in tables
 * @param image on images and videos; 2
 * @param text on strings; 1
 * @param series on series; 3, falling to 1
 * @param interval every how many steps it is applied, times as strongly, 1 to 1,000; 1 for tables, else 4. The larger, the
 *     cheaper the steps and the rougher the bound (lazy regularisation, Karras et al. 2020, arXiv
 *     1912.04958)
 */
public record Penalty(Weight dense, Weight image, Weight text, Weight series, int interval) {

    public Penalty {
        Range.check("interval", interval, 1, 1_000);
    }

    /**
     * A weight that goes exponentially from its start to its end.
     *
     * @param start at the first step, 0 to 10,000, 0 for none
     * @param end at the horizon and after it
     */
    public record Weight(double start, double end) {

        public Weight {
            Range.check("penalty", start, 0, 10_000);
            Range.check("penalty", end, 0, 10_000);
        }

        double at(double progress) {
            return start == 0 || end == 0 ? start + (end - start) * progress : start * Math.pow(end / start, progress);
        }

        private Weight scaled(double factor) {
            return new Weight(start * factor, end * factor);
        }
    }

    /** Part of a row under one weight: {@code columns} floats from where the part before it ends. */
    record Part(Weight weight, int columns) {}

    /** The parts of a row, in order: the dense one, which may be empty, then each separate value. */
    List<Part> parts(RowShape shape) {
        var parts = new java.util.ArrayList<Part>();
        parts.add(new Part(dense, shape.choices() + shape.scalars()));
        for (Span span : shape.separate()) {
            parts.add(new Part(of(span.value()), span.value().width()));
        }
        return parts;
    }

    private Weight of(Span.Value value) {
        if (value instanceof Span.Text) {
            return text;
        }
        return value instanceof Span.Series ? series : image;
    }

    /** The weight of the row's main part (its first separate value, else its scalars and choices) set, all others in proportion. */
    Penalty withMain(double gamma, RowShape shape) {
        var main = shape.separate().stream()
                .findFirst()
                .map(span -> of(span.value()))
                .orElse(dense);
        if (main.start() == 0) {
            var all = new Weight(gamma, gamma);
            return new Penalty(all, all, all, all, interval);
        }
        double factor = gamma / main.start();
        return new Penalty(
                dense.scaled(factor), image.scaled(factor), text.scaled(factor), series.scaled(factor), interval);
    }

    /** Weights of all parts at a point of the schedule. */
    static double[] at(List<Part> parts, double progress) {
        return parts.stream().mapToDouble(part -> part.weight().at(progress)).toArray();
    }

    /** Whether any of the weights is above zero. */
    static boolean any(double[] weights) {
        return Arrays.stream(weights).anyMatch(weight -> weight > 0);
    }
}
