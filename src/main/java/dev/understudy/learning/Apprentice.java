package dev.understudy.learning;

import dev.understudy.codec.RecordCodec;
import dev.understudy.codec.RecordLayout;
import dev.understudy.codec.RefreshedLayout;
import dev.understudy.codec.Span;
import dev.understudy.gan.Recipe;
import dev.understudy.gan.Trainer;
import dev.understudy.learning.evaluate.Verdict;
import dev.understudy.learning.replay.Holdout;
import dev.understudy.learning.replay.Memory;
import dev.understudy.learning.replay.Replay;
import dev.understudy.learning.train.Pace;
import dev.understudy.learning.train.RecordRows;
import dev.understudy.learning.train.Round;
import dev.understudy.model.Definitions;
import dev.understudy.model.LoadedModel;
import dev.understudy.noise.Noise;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.ModelDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

/**
 * Learns one model whose layout is known: takes records, trains rounds, judges and publishes candidates.
 *
 * <p><em>Thread safety</em>: one owner. <em>Ownership</em>: owns trainer and live model; close it to free native memory.
 */
final class Apprentice implements AutoCloseable {
    private static final int HOLD_OUT_ONE_IN = 10;
    private static final int HELD_OUT = 2_000;
    private static final double STEPS_PER_RECORD = 0.5;
    private static final int PATIENCE_ROUNDS = 6;

    /** Keeps the batches of a trainer that was set back apart from those that made it diverge. */
    private static final long STEPS_OF_ANOTHER_TRY = 1L << 40;

    /** Index of draws that belong to no step. */
    private static final long OF_NO_STEP = Long.MIN_VALUE;

    /** Real rows that marginals are compared with. They are drawn with replacement. */
    private static final int MOST_COMPARED = 30_000;

    /** Bounds these: 32 MiB. */
    private static final int MOST_COMPARED_FLOATS = 8 << 20;

    /** Rounds that may diverge in a row before the definition is held to blame. */
    private static final int MOST_SETBACKS = 6;

    private final ModelDefinition definition;
    private final Workshop workshop;
    private final RecordCodec codec;
    private final RecordRows rows;
    private final Overfitting overfitting;
    private final Examiner examiner;
    private final Checkpoints checkpoints;
    private final Publisher publisher;
    private final Watch watch;
    private final Memory memory;
    private final Crew crew;
    private final Progress progress;
    private final Pace.Rule rule;
    private Trainer trainer;
    private Pace pace;
    private Optional<LoadedModel> live;
    private Optional<ModelAnnouncement> outgrown;
    private int setbacks;

    /**
     * Begins with fresh networks.
     *
     * @throws IllegalArgumentException if the definition's settings are none to learn with
     */
    static Apprentice begin(ModelDefinition definition, Workshop workshop, RecordLayout layout, Progress progress) {
        Recipe recipe = Definitions.recipe(definition, layout.shape());
        Memory memory = new Memory(
                new Replay(workshop.settings().replayBytes(), definition.getSeed()),
                new Holdout(HOLD_OUT_ONE_IN, HELD_OUT));
        // Created again with what is remembered when the first round begins.
        Trainer trainer = Trainer.create(
                layout.shape(),
                recipe,
                definition.getSeed(),
                new float[0],
                workshop.settings().device());
        return new Apprentice(definition, workshop, new Checkpoint(layout, trainer, memory, progress, Pace.start()));
    }

    /** Goes on from a checkpoint, whose trainer it owns from now on. */
    Apprentice(ModelDefinition definition, Workshop workshop, Checkpoint checkpoint) {
        this.definition = definition;
        this.workshop = workshop;
        this.codec = new RecordCodec(checkpoint.layout());
        this.rows = new RecordRows(codec);
        this.overfitting = new Overfitting(rows, definition.getSeed());
        this.examiner = new Examiner(codec, definition.getSeed());
        this.checkpoints = new Checkpoints(workshop.store(), definition);
        this.publisher = new Publisher(workshop, definition.getName());
        this.watch = new Watch(checkpoint.layout(), rows, Definitions.hints(definition));
        this.crew = new Crew(definition.getName(), workshop.settings().coresPerModel(), workshop.cpuNanos());
        this.memory = checkpoint.memory();
        this.progress = checkpoint.progress();
        this.trainer = checkpoint.trainer();
        this.pace = checkpoint.pace();
        this.rule = new Pace.Rule(
                trainer.recipe().optimizer().lastStep(),
                workshop.settings().roundSteps(),
                STEPS_PER_RECORD,
                PATIENCE_ROUNDS);
        this.live = LiveModels.of(workshop, checkpoint.layout(), definition);
        this.outgrown = live.flatMap(found -> workshop.catalog().announcement(found.model(), found.version()))
                .filter(announced -> !schema(announced).equals(codec.layout().schema()));
    }

    private static Schema schema(ModelAnnouncement announced) {
        return new SchemaParser().parse(announced.getRecordSchema()).mainSchema();
    }

    /** How a round went. */
    sealed interface Lesson {}

    /**
     * A candidate was judged.
     *
     * @param version it was published under, if it was promoted
     */
    record Judged(Map<String, Double> losses, Examiner.Result result, Optional<Integer> version) implements Lesson {}

    /** The round diverged: the trainer is set back. */
    record SetBack(String reason) implements Lesson {}

    /** The trainer keeps diverging. */
    record GivenUp(String reason) implements Lesson {}

    /**
     * Remembers a record.
     *
     * @throws dev.understudy.codec.UnsuitableValueException if a value cannot be encoded, or never could be
     */
    void take(Arrival arrival) {
        List<String> unknown = new ArrayList<>();
        float[] row = rows.encode(arrival.record(), Noise.draws(definition.getSeed(), arrival.offset()), unknown::add);
        watch.observe(arrival.record(), row, unknown);
        progress.laidOut(unknown);
        memory.take(arrival.bytes(), stratum(row));
        pace = pace.arrived(1, rule);
    }

    /**
     * The class of the first choice: for most records what they would be sorted by. Where a refreshed layout numbers other things
     * so, strata come to hold a mixture, which costs a rare class its place but no record its due share of the draws.
     */
    private int stratum(float[] row) {
        Optional<Span> choice = codec.shape().spans().stream()
                .filter(span -> span.choices() > 0)
                .findFirst();
        int stratum = 0;
        while (choice.isPresent()
                && stratum < choice.get().choices() - 1
                && row[choice.get().choiceOffset() + stratum] == 0) {
            stratum++;
        }
        return stratum;
    }

    /**
     * Publishes the live version once more if it is of an older schema: the same weights, in the present one. A learner that
     * rests would publish nothing, and one that trains only what is better.
     */
    void keepUp() {
        outgrown.ifPresent(announced -> {
            LoadedModel old = live.orElseThrow();
            LoadedModel next = new LoadedModel(old.model(), publisher.nextVersion(), old.codec(), old.generator());
            publisher.publish(next, grown(announced, next.version()));
            live = Optional.of(next);
            publisher.retire();
        });
        outgrown = Optional.empty();
    }

    private ModelAnnouncement.Builder grown(ModelAnnouncement announced, int version) {
        return ModelAnnouncement.newBuilder(announced)
                .setVersion(version)
                .setReason("Version " + announced.getVersion() + ", in the schema that its own has grown into.")
                .setRecordSchema(codec.layout().schema().toString())
                .setParent(announced.getVersion())
                .setAt(workshop.clock().instant());
    }

    /** What came of the records of the last full window, if one is full and they have drifted; see {@link Watch}. */
    Optional<Watch.Finding> drift() {
        return watch.isDue() ? measured(() -> watch.look(memory.replay(), progress)) : Optional.empty();
    }

    /** By field how far the records of the last full window were from the layout. */
    Map<String, Double> distances() {
        return watch.distances();
    }

    /**
     * The same learner in another layout: its networks go on, its pace begins again, as distances of two layouts do not compare.
     * It is saved before anything else, so that no later step is lost to a checkpoint in the layout of old. This one is to be
     * closed.
     */
    Apprentice refreshed(RefreshedLayout next) {
        progress.refreshed(next.relearned());
        RecordRows nextRows = new RecordRows(new RecordCodec(next.layout()));
        Trainer rebased = measured(() -> trainer.rebased(nextRows.shape(), next.origins(), remembered(nextRows)));
        try {
            Checkpoint checkpoint = new Checkpoint(next.layout(), rebased, memory, progress, Pace.start());
            checkpoints.save(checkpoint);
            return new Apprentice(definition, workshop, checkpoint);
        } catch (RuntimeException e) {
            rebased.close();
            throw e;
        }
    }

    /** Whether a round is due. */
    boolean trains() {
        return pace.trains() && memory.replay().size() > 0;
    }

    /** Trains a round and judges what came out. */
    Lesson round() {
        if (trainer.steps() == 0) {
            replace(fresh());
        }
        Round.Outcome outcome =
                measured(() -> Round.run(trainer, rule.steps(trainer.steps()), crew.shards(), this::batch));
        if (outcome instanceof Round.Diverged diverged) {
            return setBack(diverged.reason());
        }
        Map<String, Double> losses = new LinkedHashMap<>(((Round.Finished) outcome).losses());
        measured(() -> overfitting.look(trainer, memory)).ifPresent(losses::putAll);
        return judge(losses);
    }

    private float[] batch(long step) {
        long index = step + progress.restarts() * STEPS_OF_ANOTHER_TRY;
        return rows.encode(memory.replay().draw(index, trainer.batch()), Noise.draws(~definition.getSeed(), index));
    }

    private Lesson judge(Map<String, Double> losses) {
        setbacks = 0;
        progress.finishedRound();
        LoadedModel candidate = measured(() -> new LoadedModel(
                definition.getName(), publisher.nextVersion(), codec, trainer.snapshot(remembered(rows))));
        boolean published = false;
        try {
            Examiner.Result result = measured(() -> examiner.examine(memory, candidate, live, progress.rounds()));
            paceAfter(result);
            if (result.verdict() instanceof Verdict.Promote) {
                publisher.publish(candidate, announcement(candidate, result));
                published = true;
                goLive(candidate);
            }
            return new Judged(losses, result, published ? Optional.of(candidate.version()) : Optional.empty());
        } finally {
            if (!published) {
                candidate.close();
            }
        }
    }

    /** Without a live model there is no rest: what is remembered has to do. */
    private void paceAfter(Examiner.Result result) {
        Pace next = pace.finished(trainer.steps(), result.distance(), result.error(), rule);
        pace = next.trains() || live.isPresent() ? next : pace;
    }

    private void goLive(LoadedModel candidate) {
        live.ifPresent(LoadedModel::close);
        live = Optional.of(candidate);
        publisher.retire();
    }

    private ModelAnnouncement.Builder announcement(LoadedModel candidate, Examiner.Result result) {
        return ModelAnnouncement.newBuilder()
                .setModel(candidate.model())
                .setVersion(candidate.version())
                .setVerdict(dev.understudy.wire.Verdict.PROMOTED)
                .setReason(result.verdict().reason())
                .setRecordSchema(codec.layout().schema().toString())
                .setLatent(candidate.generator().latent())
                .setScores(result.scores())
                .setSteps(trainer.steps())
                .setTrainingCpuSeconds(progress.cpuSeconds())
                .setRecordsSeen(progress.seen())
                .setOffsets(progress.offsetsByName())
                .setParent(live.map(LoadedModel::version).orElse(null))
                .setAt(workshop.clock().instant());
    }

    private Lesson setBack(String reason) {
        progress.restarted();
        setbacks++;
        // Half of the tries go back to the checkpoint; if that is where the trouble lies, the others start afresh.
        Optional<Trainer> saved = setbacks > MOST_SETBACKS / 2
                ? Optional.empty()
                : checkpoints.trainer(workshop.settings().device());
        if (saved.isEmpty()) {
            pace = Pace.start();
        }
        replace(saved.orElseGet(this::fresh));
        return setbacks > MOST_SETBACKS ? new GivenUp(reason) : new SetBack(reason);
    }

    /** Fresh networks, whose schedules begin at the beginning whatever those of the present ones were set back to. */
    private Trainer fresh() {
        Recipe recipe = Definitions.recipe(definition, codec.shape());
        long seed = definition.getSeed() + progress.restarts();
        return Trainer.create(
                codec.shape(),
                recipe,
                seed,
                remembered(rows),
                workshop.settings().device());
    }

    private void replace(Trainer next) {
        trainer.close();
        trainer = next;
    }

    /** Real rows to count and compare with, the same for the same memory. */
    private float[] remembered(RecordRows laidOut) {
        int most =
                Math.min(MOST_COMPARED, MOST_COMPARED_FLOATS / laidOut.shape().width());
        int count = Math.min(most, 3 * memory.replay().size());
        return laidOut.encode(memory.replay().spread(count), Noise.draws(~definition.getSeed(), OF_NO_STEP));
    }

    private <T> T measured(Supplier<T> work) {
        long before = workshop.cpuNanos().getAsLong();
        try {
            return work.get();
        } finally {
            progress.spent(workshop.cpuNanos().getAsLong() - before + crew.takeNanos());
        }
    }

    /** Saves all of it. */
    void save() {
        checkpoints.save(new Checkpoint(codec.layout(), trainer, memory, progress, pace));
    }

    /** Steps taken by the present trainer. */
    long steps() {
        return trainer.steps();
    }

    @Override
    public void close() {
        live.ifPresent(LoadedModel::close);
        trainer.close();
        crew.close();
    }
}
