package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import dev.understudy.noise.Noise;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * All that training draws at random, as a function of the seed and the step: latents, Gumbel numbers, masks of what is given,
 * points between real and fake rows, moves of images and swaps of fields.
 */
final class Draws {

    private final RowShape shape;
    private final Recipe.Masks masks;
    private final Networks networks;
    private final Moves moves;
    private final int[] choices;
    private final long seed;
    private final int batch;

    Draws(RowShape shape, Recipe recipe, Networks networks, long seed) {
        this.shape = shape;
        this.masks = recipe.masks();
        this.batch = recipe.batch();
        this.networks = networks;
        this.moves = new Moves(shape, recipe.augmentation().swaps());
        this.choices = IntStream.range(0, shape.fields())
                .filter(field -> shape.spans().get(field).choices() > 0)
                .filter(field -> !shape.spans().get(field).separate())
                .toArray();
        this.seed = seed;
    }

    /**
     * Draws of one step.
     *
     * @param rows {@code [batch, width]}: the real rows, rare ones in the place of common ones where something is given
     * @param given {@code [batch, givenWidth]}: these, NaN where an image is to be made
     * @param mask {@code [batch, fields]}
     * @param noise {@code [batch, noiseWidth]}
     * @param mix {@code [batch, 1]}
     * @param moves {@code [batch, }{@link Moves#width}{@code ]}, of real row i and fake row i alike
     */
    record Step(float[] rows, float[] given, float[] mask, float[] noise, float[] mix, float[] moves) {}

    /**
     * @param real rows, {@code [batch, width]}
     * @param moved share of rows whose images are moved
     */
    Step at(long step, float[] real, float moved) {
        float[] rows = real.clone();
        float[] noise = new float[batch * networks.noiseWidth()];
        float[] mask = new float[batch * shape.fields()];
        float[] mix = new float[batch];
        float[] given = new float[batch * networks.givenWidth()];
        float[] move = new float[batch * moves.width()];
        for (int row = 0; row < batch; row++) {
            long index = step * batch + row;
            Noise.fill(seed, index, Double.POSITIVE_INFINITY, networks.latent(), networks.gumbels(), noise, row);
            var uniform = Noise.draws(seed, index);
            double share = share(uniform);
            int balanced = share == 0 ? -1 : balance(uniform, real, rows, row);
            mask(uniform, share, balanced, mask, row);
            mix[row] = uniform.nextFloat();
            int width = networks.givenWidth();
            System.arraycopy(rows, row * shape.width(), given, row * width, Math.min(width, shape.width()));
            if (networks.completes()) {
                hide(uniform, given, row * width);
            }
            moves.draw(uniform, moved, move, row);
            moves.swap(uniform, real, move, row);
        }
        return new Step(rows, given, mask, noise, mix, move);
    }

    /** Hides a part of each image, or all of it. */
    private void hide(UniformRandomProvider uniform, float[] given, int start) {
        for (Span span : shape.images()) {
            var image = (Span.Image) span.value();
            int from = start + span.valueOffset();
            if (uniform.nextDouble() < masks.images()) {
                Hiding.draw(uniform, image).hide(given, from, image);
            } else {
                Arrays.fill(given, from, from + image.width(), Float.NaN);
            }
        }
    }

    /**
     * Lets a row give way to others of the batch whose class of one field is rarer, so that rare classes are conditions more
     * often. As that field is given, what goes with each class stays as it was.
     *
     * @return the field, -1 if there is no choice
     */
    private int balance(UniformRandomProvider uniform, float[] real, float[] rows, int row) {
        if (choices.length == 0) {
            return -1;
        }
        int field = choices[uniform.nextInt(choices.length)];
        int kept = row;
        for (int rival = 0; rival < masks.rivals(); rival++) {
            int other = uniform.nextInt(batch);
            double gain = 1 - frequency(real, other, field) / frequency(real, kept, field);
            kept = uniform.nextDouble() < gain ? other : kept;
        }
        System.arraycopy(real, kept * shape.width(), rows, row * shape.width(), shape.width());
        return field;
    }

    private double frequency(float[] real, int row, int field) {
        var span = shape.spans().get(field);
        int from = span.choiceOffset();
        int choice = from;
        while (choice < from + span.choices() - 1 && real[row * shape.width() + choice] == 0) {
            choice++;
        }
        return Math.max(1e-6, shape.frequencies().get(choice));
    }

    private void mask(UniformRandomProvider uniform, double share, int balanced, float[] mask, int row) {
        for (int field = 0; field < shape.fields(); field++) {
            boolean separate = shape.spans().get(field).separate();
            boolean given = field == balanced || uniform.nextDouble() < share;
            mask[row * shape.fields() + field] = !separate && given ? 1 : 0;
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
