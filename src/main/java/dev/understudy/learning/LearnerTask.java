package dev.understudy.learning;

import dev.understudy.model.Definitions;
import dev.understudy.wire.LearningState;
import dev.understudy.wire.ModelDefinition;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jboss.logging.Logger;

/**
 * One model's place among those that share the compute threads: a turn takes what arrived, lets the learner work, and queues
 * up again behind the others. A broker or a disk that fails is waited for; any other fault ends the model, not the process.
 *
 * <p><em>Thread safety</em>: the polling thread offers and releases; turns run on compute threads, one at a time.
 */
final class LearnerTask {
    private static final Logger LOG = Logger.getLogger(LearnerTask.class);
    private static final int MOST_TAKEN = 20_000;
    private static final long IDLE_MILLIS = 200;
    private static final long TROUBLE_MILLIS = 5_000;

    /** How a task ends. */
    enum Release {
        /** With a last checkpoint. */
        SAVE,
        /** Without: another may own the model by now. */
        ABANDON
    }

    private final ModelDefinition definition;
    private final Workshop workshop;
    private final KafkaOutlet outlet;
    private final Deserializer<GenericRecord> deserializer;
    private final ScheduledExecutorService threads;
    private final Mailbox mailbox = new Mailbox();
    private final Map<Integer, Long> next;
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private RecordReader reader;
    private ModelLearner learner;
    private volatile Map<Integer, Long> checkpointed;
    private volatile Release release;
    private volatile String problem;
    private volatile boolean ended;

    LearnerTask(
            ModelDefinition definition,
            Workshop workshop,
            KafkaOutlet outlet,
            Deserializer<GenericRecord> deserializer,
            ScheduledExecutorService threads) {
        this.definition = definition;
        this.workshop = workshop;
        this.outlet = outlet;
        this.deserializer = deserializer;
        this.threads = threads;
        Checkpoints checkpoints = new Checkpoints(workshop.store(), definition);
        this.checkpointed = checkpoints.offsets();
        checkpoints.damage().ifPresent(damage -> LOG.warnf("model=%s %s", definition.getName(), damage));
        this.next = new HashMap<>(checkpointed);
    }

    void start() {
        threads.execute(this::turn);
    }

    ModelDefinition definition() {
        return definition;
    }

    /** Offset from which this model needs the partition. */
    long next(int partition) {
        return next.getOrDefault(partition, 0L);
    }

    /** Takes a record into the mailbox, unless it had it before. */
    void offer(ConsumerRecord<byte[], byte[]> record) {
        if (record.offset() >= next(record.partition())) {
            next.put(record.partition(), record.offset() + 1);
            mailbox.put(record);
        }
    }

    boolean isFull() {
        return mailbox.isFull();
    }

    /** Next offset by partition as of the last checkpoint. */
    Map<Integer, Long> checkpointed() {
        return checkpointed;
    }

    /** Whether no more records are of use. */
    boolean isEnded() {
        return ended;
    }

    /** What is wrong, one sentence; empty if nothing is. */
    Optional<String> problem() {
        return release != null
                ? Optional.empty()
                : Optional.ofNullable(problem).map(text -> "model " + definition.getName() + ": " + text);
    }

    /** Ends the task after the turn it is in; done when its memory is freed. */
    CompletableFuture<Void> release(Release how) {
        release = how;
        return released;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A turn catches all that it throws.
    private void turn() {
        if (release != null) {
            close();
            return;
        }
        long pause = IDLE_MILLIS;
        try {
            pause = work() ? 0 : IDLE_MILLIS;
            problem = ended ? problem : null;
        } catch (KafkaException | UncheckedIOException e) {
            problem = e.getCause() == null
                    ? e.getMessage()
                    : e.getMessage() + ": " + e.getCause().getMessage();
            pause = TROUBLE_MILLIS;
            LOG.errorf(e, "model=%s is in trouble and tries again", definition.getName());
        } catch (RuntimeException e) {
            fail(e);
        } catch (Error e) {
            problem = e.toString();
            ended = true;
            released.completeExceptionally(e);
            LOG.errorf(e, "model=%s is gone", definition.getName());
            throw e;
        }
        Future<?> unused = threads.schedule(this::turn, pause, TimeUnit.MILLISECONDS);
    }

    private boolean work() {
        if (learner == null) {
            learner = new ModelLearner(definition, workshop);
        }
        boolean took = take();
        ModelLearner.Turn turn = ended ? ModelLearner.Turn.ENDED : learner.turn();
        checkpointed = learner.checkpointed();
        ended = turn == ModelLearner.Turn.ENDED;
        return !ended && (took || turn == ModelLearner.Turn.WORKED);
    }

    private boolean take() {
        int taken = 0;
        for (var record = mailbox.take(); record != null; record = mailbox.take()) {
            if (learner.state() != LearningState.REFUSED && learner.state() != LearningState.FAILED) {
                take(record);
            }
            if (++taken >= MOST_TAKEN) {
                break;
            }
        }
        return taken > 0;
    }

    private void take(ConsumerRecord<byte[], byte[]> source) {
        if (reader == null) {
            reader = new RecordReader(deserializer, Definitions.schema(definition));
        }
        RecordReader.Found found = reader.read(source);
        if (found instanceof RecordReader.Real real) {
            learner.accept(new Arrival(
                    source.partition(),
                    source.offset(),
                    real.record(),
                    real.bytes(),
                    problem -> outlet.refuse(source, problem.code(), problem.message())));
            return;
        }
        if (found instanceof RecordReader.Unreadable unreadable) {
            outlet.refuse(source, unreadable.code(), unreadable.reason());
        }
        learner.reject(source.partition(), source.offset());
    }

    private void fail(RuntimeException e) {
        LOG.errorf(e, "model=%s failed and is given up until the next start", definition.getName());
        problem = e.toString();
        ended = true;
        if (learner != null) {
            learner.fail(e.toString());
        }
    }

    private void close() {
        try {
            if (learner != null && release == Release.SAVE) {
                learner.close();
                checkpointed = learner.checkpointed();
            } else if (learner != null) {
                learner.abandon();
            }
            released.complete(null);
        } catch (RuntimeException e) {
            LOG.errorf(e, "model=%s could not save its last checkpoint, the one before stays", definition.getName());
            released.completeExceptionally(e);
        }
    }
}
