package dev.understudy.learning;

import dev.understudy.codec.FieldProblem;
import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.UnsuitableValueException;
import dev.understudy.model.Definitions;
import dev.understudy.wire.LearningReport;
import dev.understudy.wire.LearningState;
import dev.understudy.wire.ModelDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The learner of one model, from its first record on: warms up, then learns; or refuses a definition that cannot be learned.
 * It resumes from its checkpoint if there is one.
 *
 * <p><em>Thread safety</em>: one owner at a time. <em>Ownership</em>: close it; that saves a last checkpoint and frees native
 * memory.
 */
final class ModelLearner implements AutoCloseable {
    /** A learner that has no rounds to tell of still tells how many records it has seen. */
    private static final Duration NEWS = Duration.ofSeconds(2);

    private final ModelDefinition definition;
    private final Workshop workshop;
    private final Progress progress;
    private Stage stage;
    private Instant lastCheckpoint;
    private Instant lastReport = Instant.EPOCH;
    private Told told = new Told(LearningState.WAITING, -1, -1);
    private Map<Integer, Long> checkpointed = Map.of();
    private long checkpointedAt = -1;

    private record Told(LearningState state, long rounds, long seen) {}

    /** Where the learner is in its life. */
    private sealed interface Stage {}

    private record Waiting(WarmUp warmUp) implements Stage {}

    private record Learning(Apprentice apprentice) implements Stage {}

    /** Nothing more comes of it until the definition changes or the process restarts. */
    private record Ended(LearningState state, String reason) implements Stage {}

    /** What a turn was. */
    enum Turn {
        /** It trained a round: another may be due at once. */
        WORKED,
        /** There was nothing to do until records come or time passes. */
        IDLE,
        /** There never will be: no more records are needed. */
        ENDED
    }

    /** Opens the learner of a definition, from its checkpoint if there is one. */
    ModelLearner(ModelDefinition definition, Workshop workshop) {
        this.definition = definition;
        this.workshop = workshop;
        this.lastCheckpoint = workshop.clock().instant();
        Optional<Checkpoint> checkpoint = new Checkpoints(workshop.store(), definition)
                .load(workshop.settings().device());
        this.progress = checkpoint.map(Checkpoint::progress).orElseGet(Progress::new);
        this.stage = checkpoint
                .<Stage>map(saved -> new Learning(new Apprentice(definition, workshop, saved)))
                .orElseGet(this::begin);
        this.checkpointed = checkpoint.map(saved -> progress.offsets()).orElse(Map.of());
    }

    private Stage begin() {
        List<FieldProblem> problems = Definitions.problems(definition);
        return problems.isEmpty()
                ? new Waiting(new WarmUp(
                        workshop.settings(),
                        new LayoutLearner(Definitions.schema(definition), Definitions.hints(definition))))
                : refusal(problems);
    }

    private static Stage refusal(List<FieldProblem> problems) {
        return new Ended(
                LearningState.REFUSED,
                problems.stream().map(FieldProblem::message).collect(Collectors.joining(" ")));
    }

    /** Takes a record, or lets it be refused if a value of it cannot be learned. Records that came before are passed over. */
    void accept(Arrival arrival) {
        if (progress.covers(arrival.partition(), arrival.offset())) {
            return;
        }
        try {
            take(arrival);
            progress.took(arrival.partition(), arrival.offset());
        } catch (UnsuitableValueException e) {
            arrival.refusal().accept(e.problem());
            progress.rejected(arrival.partition(), arrival.offset());
        }
    }

    private void take(Arrival arrival) {
        if (stage instanceof Waiting waiting) {
            waiting.warmUp().take(arrival, workshop.clock().instant());
        } else if (stage instanceof Learning learning) {
            learning.apprentice().take(arrival);
        }
    }

    /** Counts a record that could not be read, or must not be learned from. */
    void reject(int partition, long offset) {
        if (!progress.covers(partition, offset)) {
            progress.rejected(partition, offset);
        }
    }

    /** Does what is due: a round, a checkpoint, the end of the warm-up, a report. */
    Turn turn() {
        Turn turn = Turn.ENDED;
        if (stage instanceof Waiting waiting) {
            turn = wait(waiting.warmUp());
        } else if (stage instanceof Learning learning) {
            turn = learn(learning.apprentice());
        }
        if (news()) {
            report(LearningReport.newBuilder().setReason(reason()));
        }
        return turn;
    }

    private Turn wait(WarmUp warmUp) {
        if (!warmUp.isReady(workshop.clock().instant())) {
            return Turn.IDLE;
        }
        List<FieldProblem> problems = warmUp.problems();
        stage = problems.isEmpty() ? graduate(warmUp) : refusal(problems);
        return stage instanceof Learning ? Turn.WORKED : Turn.ENDED;
    }

    private Stage graduate(WarmUp warmUp) {
        try {
            Apprentice apprentice = Apprentice.begin(definition, workshop, warmUp.layout(), progress);
            warmUp.arrivals().forEach(arrival -> reconsider(apprentice, arrival));
            return new Learning(apprentice);
        } catch (IllegalArgumentException e) {
            return new Ended(LearningState.REFUSED, "The settings cannot be learned with: " + e.getMessage() + ".");
        }
    }

    private void reconsider(Apprentice apprentice, Arrival arrival) {
        try {
            apprentice.take(arrival);
        } catch (UnsuitableValueException e) {
            arrival.refusal().accept(e.problem());
            progress.reconsidered();
        }
    }

    private Turn learn(Apprentice apprentice) {
        Turn turn = Turn.IDLE;
        apprentice.keepUp();
        if (apprentice.trains()) {
            turn = tell(apprentice.round());
        }
        if (stage instanceof Learning) {
            apprentice.drift().ifPresent(found -> takeUp(found, apprentice));
        }
        if (stage instanceof Learning learning && checkpointIsDue()) {
            save(learning.apprentice());
        }
        return turn;
    }

    /** Goes on in a layout that was refreshed, or says why it was not. */
    private void takeUp(Watch.Finding found, Apprentice apprentice) {
        Map<String, Double> distances = apprentice.distances();
        if (found.refreshes()) {
            workshop.outlet().settle();
            stage = new Learning(apprentice.refreshed(found.refreshed()));
            apprentice.close();
            saved();
        }
        report(LearningReport.newBuilder().setReason(found.text()).setDrift(distances));
    }

    private Turn tell(Apprentice.Lesson lesson) {
        if (lesson instanceof Apprentice.Judged judged) {
            report(LearningReport.newBuilder()
                    .setReason(judged.result().verdict().reason())
                    .setLosses(judged.losses())
                    .setScores(judged.result().scores())
                    .setCandidate(judged.version().orElse(null)));
        } else if (lesson instanceof Apprentice.SetBack setBack) {
            report(LearningReport.newBuilder().setReason("The round is void: " + setBack.reason() + "."));
        } else if (lesson instanceof Apprentice.GivenUp givenUp) {
            fail("Training keeps diverging, try a lower learning rate or a higher penalty: " + givenUp.reason() + ".");
        }
        return stage instanceof Ended ? Turn.ENDED : Turn.WORKED;
    }

    /** Gives the model up until the process restarts: then it goes on from its checkpoint. */
    void fail(String reason) {
        if (stage instanceof Learning learning) {
            learning.apprentice().close();
        }
        stage = new Ended(LearningState.FAILED, reason);
    }

    private boolean checkpointIsDue() {
        return isDirty()
                && !workshop.clock()
                        .instant()
                        .isBefore(lastCheckpoint.plus(workshop.settings().checkpointInterval()));
    }

    private boolean isDirty() {
        return checkpointedAt != progress.rounds() || !checkpointed.equals(progress.offsets());
    }

    private void save(Apprentice apprentice) {
        workshop.outlet().settle();
        apprentice.save();
        saved();
    }

    private void saved() {
        checkpointed = progress.offsets();
        checkpointedAt = progress.rounds();
        lastCheckpoint = workshop.clock().instant();
    }

    /** Next offset by partition as of the last checkpoint: what a restart goes on from. */
    Map<Integer, Long> checkpointed() {
        return checkpointed;
    }

    /** Where the learner stands. */
    LearningState state() {
        if (stage instanceof Ended ended) {
            return ended.state();
        }
        if (stage instanceof Learning learning) {
            return learning.apprentice().trains() ? LearningState.LEARNING : LearningState.RESTING;
        }
        return LearningState.WAITING;
    }

    /** Why, one sentence. */
    String reason() {
        if (stage instanceof Ended ended) {
            return ended.reason();
        }
        if (stage instanceof Waiting waiting) {
            return waiting.warmUp().waitingFor();
        }
        return state() == LearningState.RESTING
                ? "The scores have stopped moving; waiting for new records."
                : "Training on what is remembered.";
    }

    private boolean news() {
        if (told.state() != state()) {
            return true;
        }
        boolean counted = told.seen() != progress.seen() + progress.rejected();
        return counted && !workshop.clock().instant().isBefore(lastReport.plus(NEWS));
    }

    private void report(LearningReport.Builder report) {
        if (stage instanceof Learning learning && !report.hasDrift()) {
            report.setDrift(learning.apprentice().distances());
        }
        workshop.outlet()
                .report(report.setModel(definition.getName())
                        .setState(state())
                        .setRound(progress.rounds())
                        .setSteps(
                                stage instanceof Learning learning
                                        ? learning.apprentice().steps()
                                        : 0)
                        .setTrainingCpuSeconds(progress.cpuSeconds())
                        .setRecordsSeen(progress.seen())
                        .setRecordsRejected(progress.rejected())
                        .setLaidOut(progress.laidOut())
                        .setUnknownValues(progress.unknown())
                        .setAt(workshop.clock().instant())
                        .build());
        lastReport = workshop.clock().instant();
        told = new Told(state(), progress.rounds(), progress.seen() + progress.rejected());
    }

    /** Frees native memory without a checkpoint: the definition has changed, or another learner may have taken over. */
    void abandon() {
        if (stage instanceof Learning learning) {
            learning.apprentice().close();
            stage = new Ended(LearningState.WAITING, "Closed.");
        }
    }

    @Override
    public void close() {
        try {
            if (stage instanceof Learning learning && isDirty()) {
                save(learning.apprentice());
            }
        } finally {
            abandon();
        }
    }
}
