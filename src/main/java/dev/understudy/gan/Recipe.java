package dev.understudy.gan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.understudy.codec.RowShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Sizes and hyperparameters of a pair of networks: a preset (data, in presets.json) with what a definition overrides. Every
 * value is checked when it is made. Immutable.
 *
 * @param preset name of the preset it began as
 * @param objective what the two networks play for
 * @param batch rows of a step, 2 to 65,536. More rows: steadier steps, fewer of them in the same time
 * @param optimizer how weights move
 * @param penalty how steep the critic may be
 * @param masks how often training completes a record rather than making a whole one
 * @param dense networks of the choices and scalars
 * @param image networks of each image
 */
public record Recipe(
        String preset,
        Objective objective,
        int batch,
        Optimizer optimizer,
        Penalty penalty,
        Masks masks,
        Dense dense,
        Image image) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Recipe {
        within("batch", batch, 2, 65_536);
    }

    /**
     * Adam with a warm-up, a decay of the learning rate over the horizon, and a weight average.
     *
     * @param learningRate of both networks after the warm-up, above 0 to 1
     * @param endShare share of it that is left at the horizon and after it, above 0 to 1
     * @param decay its way there
     * @param warmUpSteps steps over which it rises from zero, at least 1
     * @param horizonSteps steps over which the schedules run, at least 1. The longer, the more is explored before it settles
     * @param beta1 decay of the mean gradient, 0 to below 1
     * @param beta2 decay of the mean square, 0 to below 1
     * @param largestGradient L2 norm above which a network's gradient is scaled down to it, above 0
     * @param average decay of the weight average once warm, 0 to below 1. The nearer to 1, the smoother and the later
     */
    public record Optimizer(
            double learningRate,
            double endShare,
            Decay decay,
            int warmUpSteps,
            long horizonSteps,
            double beta1,
            double beta2,
            double largestGradient,
            double average) {

        public Optimizer {
            within("learningRate", learningRate, Double.MIN_VALUE, 1);
            within("endShare", endShare, Double.MIN_VALUE, 1);
            within("warmUpSteps", warmUpSteps, 1, 1_000_000);
            within("horizonSteps", horizonSteps, 1, 1_000_000_000_000L);
            within("beta1", beta1, 0, 0.999999);
            within("beta2", beta2, 0, 0.999999);
            within("largestGradient", largestGradient, Double.MIN_VALUE, Double.MAX_VALUE);
            within("average", average, 0, 0.999999);
        }

        /** Learning rate of the step number {@code step}, from 0. */
        double rate(long step) {
            double warm = Math.min(1, (step + 1.0) / warmUpSteps);
            return learningRate * warm * decay.share(progress(step), endShare);
        }

        /** How far the schedules are, 0 to 1. */
        double progress(long step) {
            return Math.min(1, (double) step / horizonSteps);
        }

        /** Share of the average that stays after the step number {@code step}: short at first, so that it forgets the start. */
        double kept(long step) {
            return Math.min(average, (step + 1.0) / (step + 10.0));
        }
    }

    /** The way from the whole learning rate to its end. */
    public enum Decay {
        /** Half a cosine (Loshchilov and Hutter 2017, arXiv 1608.03983). */
        @JsonProperty("cosine")
        COSINE {
            @Override
            double share(double progress, double end) {
                return end + (1 - end) * 0.5 * (1 + Math.cos(Math.PI * progress));
            }
        },
        /** Constant for three tenths, then exponential. */
        @JsonProperty("exponential")
        EXPONENTIAL {
            @Override
            double share(double progress, double end) {
                return Math.pow(end, Math.max(0, (progress - 0.3) / 0.7));
            }
        };

        abstract double share(double progress, double end);
    }

    /**
     * Weights γ of the gradient penalty, by part of the row, each going exponentially from its start to its end. Too small and
     * the critic memorises or diverges; too large and it sees only what is coarse.
     *
     * @param dense weight on the choices and scalars at the start, 0 for none
     * @param denseEnd the same at the horizon
     * @param image weight on the images at the start, 0 for none
     * @param imageEnd the same at the horizon
     * @param interval every how many steps it is applied, times as strongly (lazy regularisation, Karras et al. 2020, arXiv
     *     1912.04958)
     */
    public record Penalty(double dense, double denseEnd, double image, double imageEnd, int interval) {

        public Penalty {
            for (double weight : new double[] {dense, denseEnd, image, imageEnd}) {
                within("penalty", weight, 0, 10_000);
            }
            within("interval", interval, 1, 1_000);
        }

        double dense(double progress) {
            return between(dense, denseEnd, progress);
        }

        double image(double progress) {
            return between(image, imageEnd, progress);
        }

        private static double between(double start, double end, double progress) {
            return start == 0 || end == 0 ? start + (end - start) * progress : start * Math.pow(end / start, progress);
        }

        private Penalty scaled(double factor) {
            return new Penalty(dense * factor, denseEnd * factor, image * factor, imageEnd * factor, interval);
        }
    }

    /**
     * Which fields training gives to the generator: in a share of the rows none, in a share all that are not images, and in
     * the others each with a probability that is itself drawn uniformly.
     *
     * @param none share of rows made whole, 0 to 1
     * @param all share of rows where only images are made, 0 to 1 - none
     */
    public record Masks(double none, double all) {

        public Masks {
            within("masks.none", none, 0, 1);
            within("masks.all", all, 0, 1 - none);
        }
    }

    /**
     * Networks of the choices and scalars.
     *
     * @param latent width of its latent, 1 to 4,096
     * @param generator layers of the generator
     * @param critic layers of the critic
     * @param temperature of the Gumbel softmax, above 0 to 10. Colder: sharper choices, noisier gradients
     */
    public record Dense(int latent, Trunk generator, Trunk critic, double temperature) {

        public Dense {
            within("dense.latent", latent, 1, 4_096);
            within("dense.temperature", temperature, 0.01, 10);
        }
    }

    /**
     * Dense layers, then residual blocks at the width of the last.
     *
     * @param layers their widths, 1 to 16 of them of 1 to 8,192
     * @param blocks number of residual blocks, 0 to 64
     */
    public record Trunk(List<Integer> layers, int blocks) {

        public Trunk {
            layers = List.copyOf(layers);
            within("number of layers", layers.size(), 1, 16);
            layers.forEach(width -> within("layer width", width, 1, 8_192));
            within("blocks", blocks, 0, 64);
        }
    }

    /**
     * Networks of an image.
     *
     * @param body the kind of network
     * @param latent width of the latent that all images share, 1 to 4,096
     * @param hidden width of the generator's first layer
     * @param generatorChannels channels at the base of a 28×28 image; larger images have more
     * @param criticChannels channels after the critic's first layer
     * @param features width of the features that are scored
     */
    public record Image(Body body, int latent, int hidden, int generatorChannels, int criticChannels, int features) {

        public Image {
            within("image.latent", latent, 1, 4_096);
            within("image.hidden", hidden, 1, 8_192);
            within("image.generatorChannels", generatorChannels, 2, 512);
            within("image.criticChannels", criticChannels, 1, 512);
            within("image.features", features, 1, 8_192);
        }
    }

    /** Kinds of image network. */
    public enum Body {
        /** Residual blocks on a small base and sub-pixel convolutions, in the sizes of the recipe. */
        @JsonProperty("sub-pixel")
        SUB_PIXEL,
        /** Dense generator and strided convolutional critic, in fixed sizes. */
        @JsonProperty("textbook")
        TEXTBOOK
    }

    /**
     * A preset, in the version for rows with or without images.
     *
     * @throws IllegalArgumentException if there is no preset of that name
     */
    public static Recipe preset(String name, RowShape shape) {
        var presets = Presets.BY_NAME;
        var versions = presets.get(name);
        if (versions == null) {
            throw new IllegalArgumentException("preset is " + name + ", must be one of " + presets.keySet());
        }
        return shape.images().isEmpty() ? versions.tables() : versions.images();
    }

    /** Read when first asked for. */
    private record Presets(Recipe tables, Recipe images) {

        private static final Map<String, Presets> BY_NAME = read();

        private static Map<String, Presets> read() {
            try (InputStream file = Recipe.class.getResourceAsStream("/presets.json")) {
                var type = JSON.getTypeFactory().constructMapType(java.util.TreeMap.class, String.class, Presets.class);
                return JSON.readValue(file, type);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read presets.json", e);
            }
        }
    }

    public Recipe withObjective(Objective objective) {
        return new Recipe(preset, objective, batch, optimizer, penalty, masks, dense, image);
    }

    public Recipe withBatch(int batch) {
        return new Recipe(preset, objective, batch, optimizer, penalty, masks, dense, image);
    }

    public Recipe withLearningRate(double learningRate) {
        var o = optimizer;
        return withOptimizer(new Optimizer(
                learningRate,
                o.endShare,
                o.decay,
                o.warmUpSteps,
                o.horizonSteps,
                o.beta1,
                o.beta2,
                o.largestGradient,
                o.average));
    }

    /** Steps over which the schedules run. */
    public Recipe withHorizon(long steps) {
        var o = optimizer;
        return withOptimizer(new Optimizer(
                o.learningRate,
                o.endShare,
                o.decay,
                o.warmUpSteps,
                steps,
                o.beta1,
                o.beta2,
                o.largestGradient,
                o.average));
    }

    private Recipe withOptimizer(Optimizer optimizer) {
        return new Recipe(preset, objective, batch, optimizer, penalty, masks, dense, image);
    }

    /** γ of the row's main part (its images, or else its scalars and choices) at the start; all others in proportion. */
    public Recipe withPenalty(double gamma) {
        double main = penalty.image > 0 ? penalty.image : penalty.dense;
        var changed =
                main > 0 ? penalty.scaled(gamma / main) : new Penalty(gamma, gamma, gamma, gamma, penalty.interval);
        return new Recipe(preset, objective, batch, optimizer, changed, masks, dense, image);
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

    private static void within(String field, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(field + " is " + value + ", must be from " + least + " to " + most);
        }
    }
}
