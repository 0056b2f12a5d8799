package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import dev.understudy.noise.Noise;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * All that training draws at random, as a function of the seed and the step: latents, Gumbel numbers, masks of what is given,
 * and points between real and fake rows.
 */
final class Draws {

    private final RowShape shape;
    private final Recipe.Masks masks;
    private final int latent;
    private final long seed;
    private final int batch;

    Draws(RowShape shape, Recipe recipe, int latent, long seed) {
        this.shape = shape;
        this.masks = recipe.masks();
        this.batch = recipe.batch();
        this.latent = latent;
        this.seed = seed;
    }

    /** Draws of one step: noise {@code [batch, noiseWidth]}, mask {@code [batch, fields]}, mix {@code [batch, 1]}. */
    record Step(float[] noise, float[] mask, float[] mix) {}

    Step at(long step) {
        float[] noise = new float[batch * (latent + shape.choices())];
        float[] mask = new float[batch * shape.fields()];
        float[] mix = new float[batch];
        for (int row = 0; row < batch; row++) {
            long index = step * batch + row;
            Noise.fill(seed, index, Double.POSITIVE_INFINITY, latent, shape.choices(), noise, row);
            var uniform = Noise.draws(seed, index);
            mask(uniform, mask, row);
            mix[row] = uniform.nextFloat();
        }
        return new Step(noise, mask, mix);
    }

    private void mask(UniformRandomProvider uniform, float[] mask, int row) {
        double share = share(uniform);
        for (int field = 0; field < shape.fields(); field++) {
            boolean image = shape.spans().get(field).value() instanceof Span.Image;
            mask[row * shape.fields() + field] = !image && uniform.nextDouble() < share ? 1 : 0;
        }
    }

    /** Chance of each field of a row to be given. */
    private double share(UniformRandomProvider uniform) {
        double kind = uniform.nextDouble();
        if (kind < masks.none()) {
            return 0;
        }
        return kind < masks.none() + masks.all() ? 1 : uniform.nextDouble();
    }
}
