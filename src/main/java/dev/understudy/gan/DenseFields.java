package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Head and tower of all choices and scalars of a row together.
 *
 * <p><em>Source</em>: the trunk is a residual network without normalisation whose blocks start as the identity (Zhang et al.
 * 2019, arXiv 1901.09321); choices by {@link Choices}.
 */
final class DenseFields {

    /** Quantiles of the standard normal at which the critic looks at a scalar. */
    private static final List<Double> KNOTS = IntStream.rangeClosed(1, 8)
            .mapToObj(i -> NormalDistribution.of(0, 1).inverseCumulativeProbability(i / 9.0))
            .toList();

    /** The last layer of the head; its bias starts at the frequencies. */
    static final String OUT = "trunk.out";

    /** The part of the first layer that reads what is given: the rest works without it where nothing is. */
    private static final String GIVEN = "trunk.given";

    private final RowShape shape;
    private final Sizes.Dense sizes;

    DenseFields(RowShape shape, Sizes.Dense sizes) {
        this.shape = shape;
        this.sizes = sizes;
    }

    /** Floats of the dense part of a row. */
    int width() {
        return shape.choices() + shape.scalars();
    }

    /**
     * What is given.
     *
     * @param row {@code [batch, width]}, read where the mask says so
     * @param known where it does, {@code [batch, width]}
     * @param mask {@code [batch, fields]}, 1 where a field is given
     * @param summaries of what is given of each image, {@code [batch, any]}
     */
    record Condition(Var row, Var known, Var mask, List<Var> summaries) {}

    /** A row of which the fields are given that the mask says. */
    Condition condition(Script script, Var row, Var mask, List<Var> summaries) {
        var owners = Arrays.stream(shape.owners()).limit(width()).boxed().toList();
        var known = script.line(row.shape(), "torch.gt(%s, 0.5)", script.select(mask, owners));
        return new Condition(row, known, mask, summaries);
    }

    /** The dense part {@code [batch, width]}: what is given stays, the rest is made to go with it. */
    Var head(Script script, Var latent, Optional<Condition> condition, Var gumbels, Calibration calibration) {
        var made = complete(script, out(script, latent, condition), gumbels, calibration);
        var row = condition
                .map(given -> script.line(made.shape(), "torch.where(%s, %s, %s)", given.known(), given.row(), made))
                .orElse(made);
        return row.meaning(places());
    }

    /** The last layer: odds of the choices, then the scalars, {@code [batch, width]}. */
    Var out(Script script, Var latent, Optional<Condition> condition) {
        int width = sizes.generator().layers().get(0);
        var given = condition.map(some -> asked(script, some));
        int columns = given.map(Var::width).orElse(width() + shape.fields());
        double deviation = 1 / Math.sqrt(latent.width() + columns);
        var first = script.linear("trunk.0", latent, width, deviation * Math.sqrt(latent.width()));
        if (given.isPresent()) {
            first = script.plus(first, script.embed(GIVEN, given.get(), width, deviation));
        } else {
            script.parameter(GIVEN + ".weight", List.of(width, columns), new Parameter.Normal(deviation));
        }
        return script.linear(OUT, script.trunk("trunk", first, sizes.generator()), 0.5, logFrequencies(), places());
    }

    private static Var asked(Script script, Condition condition) {
        var row = condition.row();
        var parts = new ArrayList<Var>();
        parts.add(script.line(row.shape(), "torch.where(%s, %s, 0.)", condition.known(), row)
                .meaning(row.features()));
        parts.add(condition.mask());
        parts.addAll(condition.summaries());
        return script.concatenate(parts);
    }

    /** Choices start at the frequencies of the real records, scalars at zero. */
    private Parameter.Fixed logFrequencies() {
        var choices = shape.frequencies().stream().map(share -> (float) Math.log(share + 1e-4));
        return new Parameter.Fixed(
                Stream.concat(choices, Stream.generate(() -> 0f).limit(shape.scalars()))
                        .toList());
    }

    /** Logits become choices; a scalar is zero unless its field chose "the rest". */
    private Var complete(Script script, Var out, Var gumbels, Calibration calibration) {
        var parts = new ArrayList<Var>();
        if (shape.choices() > 0) {
            var logits = script.plus(script.slice(out, 0, shape.choices()), gumbels);
            parts.add(new Choices(shape.spans(), sizes.temperature()).draw(script, logits));
        }
        if (shape.scalars() > 0) {
            var scalars = script.slice(out, shape.choices(), width());
            parts.add(gated(script, calibration == null ? scalars : calibration.scalars(script, scalars), parts));
        }
        return script.concatenate(parts);
    }

    private Var gated(Script script, Var scalars, List<Var> choices) {
        var fields = scalarFields();
        if (fields.stream().noneMatch(Span::gated)) {
            return scalars;
        }
        // A column of ones behind the choices serves the scalars that have no gate.
        var withOnes =
                script.line(List.of(shape.choices() + 1), "torch.constant_pad_nd(%s, [0, 1], 1.)", choices.get(0));
        var gates = fields.stream()
                .map(span -> span.gated() ? span.choiceOffset() + span.choices() - 1 : shape.choices())
                .toList();
        return script.times(scalars, script.select(withOnes, gates));
    }

    private List<Span> scalarFields() {
        return shape.spans().stream()
                .filter(span -> span.value() instanceof Span.Scalar)
                .toList();
    }

    /** What the critic sees of the dense part: itself, and each scalar's place among the quantiles, softly. */
    Var features(Script script, Var row) {
        if (shape.scalars() == 0) {
            return row;
        }
        var scalars = script.slice(row, shape.choices(), width());
        var places = script.line(
                List.of(shape.scalars() * KNOTS.size()),
                "torch.flatten(torch.tanh(1.5 * (torch.unsqueeze(%s, 2) - torch.tensor(%s, dtype=%s.dtype, device=%s.device))), 1)",
                scalars,
                KNOTS,
                scalars,
                scalars);
        return script.concatenate(List.of(row, places.meaning(sides())));
    }

    private List<Feature> places() {
        return Feature.places(0, width());
    }

    private List<Feature> sides() {
        return IntStream.range(shape.choices(), width())
                .boxed()
                .flatMap(place -> IntStream.range(0, KNOTS.size()).<Feature>mapToObj(i -> new Feature.Side(place, i)))
                .toList();
    }

    /** Score {@code [batch, 1]} of the dense part by itself. */
    Var tower(Script script, Var features) {
        return script.linear("dense.score", script.trunk("dense", features, 2, sizes.critic()), 1, 1);
    }
}
