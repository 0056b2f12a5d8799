package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the two networks for a shape of row: heads make rows, towers judge them. Numbers and choices of all fields are one
 * dense part; each image has a head and a tower of its own.
 *
 * <p>The generator makes the dense part first, overwrites what is given, and then each image from what the dense part now
 * says: a label conditions its image alike whether it was given or generated. The critic's score is the sum of its towers'
 * scores, each image judged in the light of the dense part and of the images before it.
 */
final class Networks {

    private final RowShape shape;
    private final Recipe recipe;
    private final DenseFields dense;

    Networks(RowShape shape, Recipe recipe) {
        this.shape = shape;
        this.recipe = recipe;
        this.dense = new DenseFields(shape, recipe.dense());
    }

    /** Floats of a latent: those of the dense part, then those that all images share. */
    int latent() {
        return denseLatent() + (shape.images().isEmpty() ? 0 : recipe.image().latent());
    }

    private int denseLatent() {
        return dense.width() == 0 ? 0 : recipe.dense().latent();
    }

    /** Floats of noise a row takes. */
    int noiseWidth() {
        return latent() + shape.choices();
    }

    /** Floats of a row that may be given: its dense part; one, unread, if there is none. */
    static int givenWidth(RowShape shape) {
        return Math.max(1, shape.choices() + shape.scalars());
    }

    /** {@code generator(w, noise, given, mask) -> [batch, width]}. */
    Network generator() {
        var script = new Script();
        var noise = script.input("noise", noiseWidth());
        var given = script.input("given", givenWidth(shape));
        var mask = script.input("mask", shape.fields());
        var parts = new ArrayList<Var>();
        if (dense.width() > 0) {
            var latent = script.slice(noise, 0, denseLatent());
            var gumbels = script.slice(noise, latent(), noiseWidth());
            parts.add(dense.head(script, latent, gumbels, given, mask));
        }
        parts.addAll(images(script, script.slice(noise, denseLatent(), latent()), parts));
        return script.network("generator", script.concatenate(parts));
    }

    private List<Var> images(Script script, Var latent, List<Var> dense) {
        var images = new ArrayList<Var>();
        for (Span span : shape.images()) {
            var condition = new ArrayList<>(dense);
            condition.add(0, latent);
            var image = field(span).head(script, script.concatenate(condition));
            images.add(span.gated() ? script.times(image, gate(script, span, dense.get(0))) : image);
        }
        return images;
    }

    private static Var gate(Script script, Span span, Var dense) {
        int last = span.choiceOffset() + span.choices() - 1;
        return script.slice(dense, last, last + 1);
    }

    /** {@code critic(w, rows) -> [batch, 1]}. */
    Network critic() {
        var script = new Script();
        var rows = script.input("rows", shape.width());
        var seen = new ArrayList<Var>();
        var scores = new ArrayList<Var>();
        if (dense.width() > 0) {
            var features = dense.features(script, script.slice(rows, 0, dense.width()));
            scores.add(dense.tower(script, features));
            seen.add(features);
        }
        for (Span span : shape.images()) {
            int offset = span.valueOffset();
            var image = script.slice(rows, offset, offset + span.value().width());
            var features = field(span).tower(script, image);
            scores.add(joint(script, "image." + offset, features, seen));
            seen.add(features);
        }
        return script.network("critic", scores.stream().reduce(script::plus).orElseThrow());
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

    private ImageField field(Span span) {
        return ImageField.of(span, recipe.image());
    }
}
