package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import dev.understudy.gan.ValueNetworks.Glance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the networks for a shape of row: heads make rows, towers judge them. Numbers and choices of all fields are one dense
 * part; each separate value (an image, a video, a string, a series) has a head and a tower of its own.
 *
 * <p>The generator makes the dense part first, overwrites what is given, and then each separate value from what the dense part
 * now says: a label conditions its image alike whether it was given or generated. The critic's score is the sum of its towers'
 * scores, each separate value judged in the light of the dense part and of the values before it.
 *
 * <p>A row's noise is the dense part's latent, the latent that all separate values share, the latents of each; then uniform numbers
 * that become the Gumbel numbers of the dense part, and of each.
 */
final class Networks {

    private final RowShape shape;
    private final Recipe recipe;
    private final Precision precision;
    private final DenseFields dense;
    private final Map<Span, ValueNetworks> values = new LinkedHashMap<>();

    Networks(RowShape shape, Recipe recipe) {
        this(shape, recipe, Precision.SINGLE);
    }

    /**
     * @param precision of what serves
     */
    Networks(RowShape shape, Recipe recipe, Precision precision) {
        this.shape = shape;
        this.recipe = recipe;
        this.precision = precision;
        this.dense = new DenseFields(shape, recipe.sizes().dense());
        shape.separate().forEach(span -> values.put(span, ValueNetworks.of(span, recipe)));
    }

    /** Floats of a latent. */
    int latent() {
        return denseLatent()
                + sharedLatent()
                + values.values().stream().mapToInt(ValueNetworks::latent).sum();
    }

    private int denseLatent() {
        return dense.width() == 0 ? 0 : recipe.sizes().dense().latent();
    }

    private int sharedLatent() {
        return values.isEmpty() ? 0 : recipe.sizes().latent();
    }

    /** Gumbel numbers a row takes. */
    int gumbels() {
        return shape.choices()
                + values.values().stream().mapToInt(ValueNetworks::gumbels).sum();
    }

    /** Floats of noise a row takes. */
    int noiseWidth() {
        return latent() + gumbels();
    }

    /** Whether a part of an image may be given, beside choices and scalars. */
    boolean completes() {
        return recipe.masks().images() > 0
                && recipe.sizes().image().body() == Sizes.Body.SUB_PIXEL
                && !shape.images().isEmpty();
    }

    /** Floats of a row that may be given: its dense part, or all if images are completed; one, unread, if there is none. */
    int givenWidth() {
        return completes() ? shape.width() : Math.max(1, dense.width());
    }

    /** {@code generator(w, noise, given, mask) -> [batch, width]}, with gradients. */
    Network generator() {
        return generator(Script.training(), values);
    }

    /** The same without gradients, faster, and with a calibration as its first parameters. */
    Network server() {
        return generator(Script.serving(precision), values);
    }

    /** Weights of the server from those of training, with nothing calibrated yet. */
    float[] served(float[] trained) {
        float[] weights = server().initial(0, new float[0], shape.width());
        System.arraycopy(trained, 0, weights, weights.length - trained.length, trained.length);
        return weights;
    }

    /** Those of training from those of the server. */
    float[] trained(float[] served) {
        return Arrays.copyOfRange(served, served.length - generator().size(), served.length);
    }

    /** The server without what is dear to make and has no marginals to calibrate; the same weights, cut short. */
    Network marginals() {
        boolean series = values.keySet().stream().allMatch(span -> span.value() instanceof Span.Series);
        return generator(Script.serving(precision), series ? values : Map.of());
    }

    /** The server where nothing is given: {@code free(w, noise) -> [batch, width]}; empty if images are looked at all the same. */
    Optional<Network> free() {
        if (completes()) {
            return Optional.empty();
        }
        var script = Script.serving(precision);
        var calibration = Calibration.declare(script, shape);
        var inputs = new Inputs(script.input("noise", noiseWidth()), Optional.empty(), Map.of());
        return Optional.of(script.network("free", row(script, inputs, calibration, values)));
    }

    /** The odds of all choices before one is drawn, with nothing given: {@code generator(w, noise, given, mask) -> [batch, choices]}. */
    Network odds() {
        var script = Script.serving(precision);
        Calibration.declare(script, shape);
        var inputs = inputs(script);
        var latent = script.slice(inputs.noise(), 0, denseLatent());
        var out = dense.out(script, latent, inputs.condition());
        return script.network("generator", script.slice(out, 0, shape.choices()));
    }

    private Network generator(Script script, Map<Span, ValueNetworks> made) {
        var calibration = script.serving() ? Calibration.declare(script, shape) : null;
        return script.network("generator", row(script, inputs(script), calibration, made));
    }

    /**
     * What a row is made from.
     *
     * @param condition what is given of the dense part
     * @param glances at what is given of each image that may be given in part
     */
    private record Inputs(Var noise, Optional<DenseFields.Condition> condition, Map<Span, Glance> glances) {}

    private Inputs inputs(Script script) {
        var noise = script.input("noise", noiseWidth());
        var given = script.input("given", givenWidth()).meaning(Feature.places(0, givenWidth()));
        var mask = script.input("mask", shape.fields()).meaning(Feature.given(shape.fields()));
        var glances = new LinkedHashMap<Span, Glance>();
        for (Span span : completes() ? shape.images() : List.<Span>of()) {
            int from = span.valueOffset();
            var part = script.slice(given, from, from + span.value().width());
            glances.put(span, values.get(span).glance(script, part));
        }
        var summaries = glances.values().stream().map(Glance::summary).toList();
        var condition = dense.width() == 0
                ? null
                : dense.condition(script, script.slice(given, 0, dense.width()), mask, summaries);
        return new Inputs(noise, Optional.ofNullable(condition), glances);
    }

    private Var row(Script script, Inputs in, Calibration calibration, Map<Span, ValueNetworks> made) {
        var noise = in.noise();
        var parts = new ArrayList<Var>();
        if (dense.width() > 0) {
            var latent = script.slice(noise, 0, denseLatent()).meaning(Feature.latents(denseLatent()));
            var gumbels = gumbels(script, noise, latent(), shape.choices());
            parts.add(dense.head(script, latent, in.condition(), gumbels, calibration));
        }
        var condition = new ArrayList<>(parts);
        var shared = script.slice(noise, denseLatent(), denseLatent() + sharedLatent());
        condition.add(0, shared.meaning(Feature.latents(sharedLatent())));
        int latentAt = denseLatent() + sharedLatent();
        int gumbelsAt = latent() + shape.choices();
        for (var entry : made.entrySet()) {
            var span = entry.getKey();
            var networks = entry.getValue();
            var value = networks.head(
                    script,
                    new ValueNetworks.Inputs(
                            script.concatenate(condition),
                            script.slice(noise, latentAt, latentAt + networks.latent()),
                            gumbels(script, noise, gumbelsAt, networks.gumbels()),
                            choice(script, span, parts),
                            in.glances().get(span)));
            latentAt += networks.latent();
            gumbelsAt += networks.gumbels();
            value = calibration == null ? value : calibration.level(script, span, value);
            value = span.gated() ? script.times(value, gate(script, span, parts.get(0))) : value;
            value = value.meaning(Feature.places(span.valueOffset(), span.valueOffset() + value.width()));
            condition.add(value);
            parts.add(value);
        }
        return script.concatenate(parts);
    }

    /** Uniform numbers become Gumbel numbers here, as the engine takes many logarithms at a time. */
    private static Var gumbels(Script script, Var noise, int from, int count) {
        var uniforms = script.slice(noise, from, from + count);
        return count == 0
                ? uniforms
                : script.line(uniforms.shape(), "torch.neg(torch.log(torch.neg(torch.log(%s))))", uniforms);
    }

    private static Var choice(Script script, Span span, List<Var> parts) {
        return span.choices() == 0
                ? null
                : script.slice(parts.get(0), span.choiceOffset(), span.choiceOffset() + span.choices());
    }

    private static Var gate(Script script, Span span, Var dense) {
        int last = span.choiceOffset() + span.choices() - 1;
        return script.slice(dense, last, last + 1);
    }

    /** {@code critic(w, rows) -> [batch, 1]}. */
    Network critic() {
        var script = Script.training();
        var rows = script.input("rows", shape.width()).meaning(Feature.places(0, shape.width()));
        var seen = new ArrayList<Var>();
        var scores = new ArrayList<Var>();
        if (dense.width() > 0) {
            var features = dense.features(script, script.slice(rows, 0, dense.width()));
            scores.add(dense.tower(script, features));
            seen.add(features);
        }
        values.forEach((span, networks) -> {
            int offset = span.valueOffset();
            var value = script.slice(rows, offset, offset + span.value().width());
            var features = networks.tower(script, value);
            scores.add(joint(script, name(span), features, seen));
            seen.add(features.meaning(Feature.seen(offset, features.width())));
        });
        return script.network("critic", scores.stream().reduce(script::plus).orElseThrow());
    }

    /** Name of the networks of a separate value. */
    static String name(Span span) {
        return "value." + span.valueOffset();
    }

    /** {@code w·h + b + <E(seen), h> / sqrt(|h|)}: projection, Miyato and Koyama 2018, arXiv 1802.05637, equation 3. */
    private static Var joint(Script script, String name, Var features, List<Var> seen) {
        var score = script.linear(name + ".score", features, 1, 0.577);
        if (seen.isEmpty()) {
            return score;
        }
        int width = features.width();
        var condition = script.embed(name + ".condition", script.concatenate(seen), width, 1);
        var match =
                script.line(List.of(1), "torch.mul(%s, %s)", script.inner(condition, features), 1 / Math.sqrt(width));
        return script.plus(score, match);
    }
}
