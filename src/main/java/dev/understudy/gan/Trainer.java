package dev.understudy.gan;

import ai.djl.ndarray.NDArray;
import dev.understudy.codec.RowShape;
import dev.understudy.gan.Program.Input;
import dev.understudy.gan.TrainingState.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Generator, critic, their optimizers and the weight average, trained a step at a time. All randomness follows from the seed
 * and the step, so a saved and restored trainer goes on bit for bit.
 *
 * <p><em>Thread safety</em>: none; one platform thread at a time. <em>Ownership</em>: close it to free native memory.
 */
public final class Trainer implements AutoCloseable {
    /** Where schedules stand at most in a new layout. Set back to .2 or .5 of the way, a new class was learned about as well. */
    private static final double RELEARNING = 0.35;

    private final RowShape shape;
    private final Recipe recipe;
    private final Device device;
    private final long seed;
    private final Network generator;
    private final Network critic;
    private final Moves moves;
    private final Draws draws;
    private final List<Penalty.Part> penalties;
    private final Program program;
    private final Map<Part, NDArray> state = new EnumMap<>(Part.class);
    private long steps;
    private float augmentation;

    private Trainer(ModelFile about, Networks networks, Map<Part, float[]> state, Device device) {
        this.shape = about.shape();
        this.recipe = about.recipe();
        this.device = device;
        this.seed = about.seed();
        this.steps = about.steps();
        this.augmentation = about.augmentation();
        this.generator = networks.generator();
        this.critic = networks.critic();
        this.moves = new Moves(shape, recipe.augmentation().swaps());
        this.draws = new Draws(shape, recipe, networks, seed);
        this.penalties = recipe.penalty().parts(shape);
        var columns = penalties.stream().map(Penalty.Part::columns).toList();
        this.program = new Program(
                device,
                TrainingScript.of(
                        recipe.objective(),
                        columns,
                        generator,
                        critic,
                        moves,
                        Reconstruction.source(shape, networks, recipe.masks().reconstruction())));
        state.forEach((part, numbers) -> this.state.put(part, program.array(numbers)));
    }

    /** A new pair with fresh weights on the CPU. */
    public static Trainer create(RowShape shape, Recipe recipe, long seed, float[] rows) {
        return create(shape, recipe, seed, rows, Device.CPU);
    }

    /**
     * A new pair with fresh weights.
     *
     * @param rows real ones from which a string's first odds are counted, {@code [any, width]}; there may be none
     * @param device on which it is trained
     */
    public static Trainer create(RowShape shape, Recipe recipe, long seed, float[] rows, Device device) {
        var networks = new Networks(shape, recipe);
        var state = TrainingState.fresh(networks.generator(), networks.critic(), seed, rows, shape.width());
        return new Trainer(new ModelFile(ModelFile.TRAINER, shape, recipe, seed, 0, 0), networks, state, device);
    }

    /**
     * Reads a file that {@link #save} wrote.
     *
     * @param device on which it is trained from now on
     * @throws java.io.UncheckedIOException if it cannot be read, or holds other tensors than its metadata promise
     */
    public static Trainer restore(Path file, Device device) {
        try (var reader = new Safetensors.Reader(file)) {
            var about = ModelFile.of(reader.metadata(), ModelFile.TRAINER);
            var networks = new Networks(about.shape(), about.recipe());
            var state = TrainingState.read(reader, networks.generator(), networks.critic());
            return new Trainer(about, networks, state, device);
        } catch (IOException e) {
            throw ModelFile.unreadable(file, e);
        }
    }

    /**
     * This trainer in another layout: what both have goes on, what only the next has starts fresh. This one stays as it is; the
     * caller closes both.
     *
     * <p>Schedules that are further than {@value #RELEARNING} of their way are set back to there: at the end of it the learning rate
     * is too low for anything new.
     *
     * <p>From what is known both networks compute what they did, and new classes come as often as in {@code rows}. Not so where a
     * separate value is new, or has another place among the others: each is made, and judged, in the light of those
     * before it.
     *
     * @param origins {@code [next.width()]}: for each float of the next row the float of this trainer's row that means the same,
     *     -1 if there is none. A field is the one its floats were of; a separate value goes on if all its floats do, in their order,
     *     and its form is the same
     * @param rows real ones in the next layout, {@code [any, next.width()]}: new strings' and new classes' odds are counted from
     *     them; there may be none
     * @throws IllegalArgumentException if there are more or fewer origins, or one is not in the row, goes on twice, is of another
     *     kind, or is of another field than its neighbours
     */
    public Trainer rebased(RowShape next, int[] origins, float[] rows) {
        var from = new Origins(shape, next, origins);
        var networks = new Networks(next, recipe);
        var nextGenerator = networks.generator();
        var nextCritic = networks.critic();
        var carried = TrainingState.carry(
                state,
                new Growth(generator, nextGenerator, from),
                new Growth(critic, nextCritic, from),
                TrainingState.fresh(nextGenerator, nextCritic, seed, rows, next.width()));
        for (Part part : List.of(Part.GENERATOR, Part.AVERAGE)) {
            var calibrator = new Calibrator(next, networks, networks.served(carried.get(part)), device);
            float[] served = calibrator.fitChoices(rows, seed, place -> from.place(place) < 0);
            carried.put(part, networks.trained(served));
        }
        return new Trainer(
                new ModelFile(ModelFile.TRAINER, next, recipe.rewound(steps, RELEARNING), seed, steps, augmentation),
                networks,
                carried,
                device);
    }

    /** Shape of the rows it learns from. */
    public RowShape shape() {
        return shape;
    }

    /** Sizes and hyperparameters it was made with. */
    public Recipe recipe() {
        return recipe;
    }

    /** Rows a step takes. */
    public int batch() {
        return recipe.batch();
    }

    /** Steps taken so far. */
    public long steps() {
        return steps;
    }

    /** One critic step and one generator step on the calling thread alone. */
    public StepReport step(float[] rows) {
        return step(rows, Shards.WHOLE);
    }

    /**
     * One critic step and one generator step on {@code [batch, width]} real rows. The number of shards changes the rounding of
     * sums, and nothing else.
     *
     * @throws IllegalArgumentException if there are more or fewer rows
     * @throws DivergedException if a loss is not finite; the trainer is spent then
     */
    public StepReport step(float[] rows, Shards shards) {
        if (rows.length != batch() * shape.width()) {
            throw new IllegalArgumentException(
                    "rows has %d floats, expected %d rows of %d".formatted(rows.length, batch(), shape.width()));
        }
        float[] means;
        try (var step = new AdversarialStep(program, state, shards.atMost(batch()))) {
            means = step.take(draws.at(steps, rows, augmentation), numbers(), batch());
        }
        var report = new StepReport(means[0], means[1], means[2], means[3]);
        for (float mean : means) {
            if (!Float.isFinite(mean)) {
                throw new DivergedException("step %d diverged: %s".formatted(steps, report));
            }
        }
        steps++;
        return report;
    }

    /** The numbers of this step, as {@link TrainingScript} reads them. */
    private float[] numbers() {
        var optimizer = recipe.optimizer();
        double[] weights = Penalty.at(penalties, optimizer.progress(steps));
        float[] numbers = new float[7 + weights.length];
        numbers[0] = steps + 1;
        numbers[1] = (float) optimizer.rate(steps);
        numbers[2] = (float) optimizer.largestGradient();
        numbers[3] = (float) optimizer.beta1();
        numbers[4] = (float) optimizer.beta2(steps);
        numbers[5] = (float) optimizer.kept(steps);
        numbers[6] = batch();
        // A penalty that comes every few steps comes as many times as strong.
        int interval = recipe.penalty().interval();
        for (int i = 0; steps % interval == 0 && i < weights.length; i++) {
            numbers[7 + i] = (float) (interval * weights[i]);
        }
        return numbers;
    }

    /** Whether it wants to be told of {@link #compare rows that it was not trained on}. */
    public boolean augments() {
        return moves.any() && recipe.augmentation().most() > 0;
    }

    /** Share of rows whose images are moved before the critic sees them. */
    public float augmentation() {
        return augmentation;
    }

    /**
     * Measures how well the critic knows the rows it was trained on, and has more images moved from now on if it does too well,
     * fewer if it does not.
     *
     * @param seen rows trained on, {@code [any, width]}, at least one
     * @param unseen others, {@code [any, width]}, at least one
     * @return {@code r} of {@link Augmentation}, -1 to 1
     */
    public double compare(float[] seen, float[] unseen) {
        double overfitting = Augmentation.overfitting(scores(seen), scores(unseen));
        augmentation = augments() ? recipe.augmentation().after(augmentation, overfitting) : 0;
        return overfitting;
    }

    /** The critic's scores, a batch at a time, so that they take no more memory than a step. */
    float[] scores(float[] rows) {
        float[] scores = new float[rows.length / shape.width()];
        for (int from = 0; from < scores.length; from += batch()) {
            int count = Math.min(batch(), scores.length - from);
            int[] which = IntStream.range(from, from + count).toArray();
            var piece = new Input(rows, which, batch(), shape.width());
            System.arraycopy(program.run("critic", state.get(Part.CRITIC), piece), 0, scores, from, count);
        }
        return scores;
    }

    /** The weight average as an immutable generator of its own; the caller closes it. */
    public Generator snapshot() {
        return Generator.of(about(ModelFile.GENERATOR), Program.numbers(state.get(Part.AVERAGE)), device);
    }

    /**
     * The weight average, its marginals bent towards those of real rows; the caller closes it.
     *
     * @param rows {@code [any, width]}
     */
    public Generator snapshot(float[] rows) {
        try (var plain = snapshot()) {
            return plain.calibrated(rows, seed);
        }
    }

    private ModelFile about(String kind) {
        return new ModelFile(kind, shape, recipe, seed, steps, kind.equals(ModelFile.TRAINER) ? augmentation : 0);
    }

    /**
     * Writes everything as one safetensors file with the given metadata beside its own.
     *
     * @throws IllegalArgumentException if a key starts with {@code gan.}
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void save(Path file, Map<String, String> metadata) {
        Safetensors.write(
                file, about(ModelFile.TRAINER).metadata(metadata), TrainingState.tensors(state, generator, critic));
    }

    @Override
    public void close() {
        program.close();
    }
}
