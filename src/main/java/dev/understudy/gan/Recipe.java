package dev.understudy.gan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.understudy.codec.RowShape;
import java.io.UncheckedIOException;

/**
 * Sizes and hyperparameters of a pair of networks: a preset (data, in presets.json) with what a definition overrides. Every
 * value is checked when it is made. Immutable.
 *
 * <p>What a parameter says of its default is that of the preset base; where it depends on what the row mostly consists of, for
 * tables, images, strings and series in this order.
 *
 * @param preset name of the preset it began as
 * @param objective what the two networks play for
 * @param batch rows of a step, 2 to 65,536; 256, 32, 32, 64. More rows: steadier steps, fewer of them in the same time
 * @param optimizer how weights move
 * @param penalty how steep the critic may be
 * @param masks how often training completes a record rather than making a whole one
 * @param sizes of the networks
 * @param augmentation how much the critic is kept from memorising few images; none where nothing is said
 */
public record Recipe(
        String preset,
        Objective objective,
        int batch,
        Optimizer optimizer,
        Penalty penalty,
        Masks masks,
        Sizes sizes,
        Augmentation augmentation) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Recipe {
        Range.check("batch", batch, 2, 65_536);
        augmentation = augmentation == null ? Augmentation.OFF : augmentation;
    }

    /**
     * Which fields training gives to the generator: in a share of the rows none, in a share all choices and scalars, and in
     * the others each of them with a probability that is itself drawn uniformly. Of images a part is given in a share of the
     * rows of its own.
     *
     * @param none share of rows made whole, 0 to 1; .7 for tables, else .1. The larger, the better whole records get, and the later
     *     those of which something is given
     * @param all share of rows where only separate values are made, 0 to 1 - none; 0 for tables, else
     *     .8. The larger, the better images, strings and series follow what is given, and the later choices and scalars are
     *     learned
     * @param images share of rows where a part of each image is given, 0 to 1; 0. With 0 no image can be completed. The larger,
     *     the better completed images get, and the later those made whole
     * @param reconstruction weight of {@link Reconstruction} in the generator's loss, 0 to 1000; 0.3. The larger, the closer a
     *     completed image is to the likeliest, and the less its completions differ
     * @param rivals where something is given, rows of the batch to which a row may give way if their class of a given field is
     *     rarer, 0 to 16; 3. The more, the better rare classes are when asked for, and the more often their few records repeat
     */
    public record Masks(double none, double all, double images, double reconstruction, int rivals) {

        public Masks {
            Range.check("masks.none", none, 0, 1);
            Range.check("masks.all", all, 0, 1 - none);
            Range.check("masks.images", images, 0, 1);
            Range.check("masks.reconstruction", reconstruction, 0, 1_000);
            Range.check("masks.rivals", rivals, 0, 16);
        }
    }

    /**
     * A preset, in the version for the kind of row.
     *
     * @throws IllegalArgumentException if there is no preset of that name
     */
    public static Recipe preset(String name, RowShape shape) {
        return Presets.recipe(name, shape);
    }

    public Recipe withObjective(Objective objective) {
        return new Recipe(preset, objective, batch, optimizer, penalty, masks, sizes, augmentation);
    }

    public Recipe withBatch(int batch) {
        return new Recipe(preset, objective, batch, optimizer, penalty, masks, sizes, augmentation);
    }

    public Recipe withLearningRate(double learningRate) {
        return withOptimizer(optimizer.withLearningRate(learningRate));
    }

    /** Steps over which the schedules run. */
    public Recipe withHorizon(long steps) {
        return withOptimizer(optimizer.withHorizon(steps));
    }

    /** With its schedules set back at a step number, if they are further than {@code progress} by then. */
    Recipe rewound(long step, double progress) {
        return withOptimizer(optimizer.rewound(step, progress));
    }

    private Recipe withOptimizer(Optimizer changed) {
        return new Recipe(preset, objective, batch, changed, penalty, masks, sizes, augmentation);
    }

    /** γ of the row's main part (its first separate value, or else its scalars and choices) at the start; all others in proportion. */
    public Recipe withPenalty(double gamma, RowShape shape) {
        return new Recipe(
                preset, objective, batch, optimizer, penalty.withMain(gamma, shape), masks, sizes, augmentation);
    }

    /** Share of rows where a part of each image is given. */
    public Recipe withCompletion(double share) {
        return new Recipe(
                preset,
                objective,
                batch,
                optimizer,
                penalty,
                new Masks(masks.none(), masks.all(), share, masks.reconstruction(), masks.rivals()),
                sizes,
                augmentation);
    }

    /** How much the critic is kept from memorising few images. */
    public Recipe withAugmentation(Augmentation changed) {
        return new Recipe(preset, objective, batch, optimizer, penalty, masks, sizes, changed);
    }

    /** All of it, readable by {@link #fromJson}. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write a recipe", e);
        }
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if it is no recipe, or a value is out of range
     */
    public static Recipe fromJson(String json) {
        try {
            return JSON.readValue(json, Recipe.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a recipe: " + e.getOriginalMessage(), e);
        }
    }
}
