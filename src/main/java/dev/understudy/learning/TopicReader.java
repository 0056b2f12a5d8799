package dev.understudy.learning;

import dev.understudy.model.Definitions;
import dev.understudy.model.ModelCatalog;
import dev.understudy.wire.ModelDefinition;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads the real topics of all definitions and hands each record to the models that learn from it. It alone touches the
 * consumer. Where it reads on is the checkpoint's word; offsets are committed for those who watch the lag.
 */
final class TopicReader {
    private static final Logger LOG = Logger.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int RELEASE_SECONDS = 120;

    private final Consumer<byte[], byte[]> consumer;
    private final ModelCatalog catalog;
    private final Function<ModelDefinition, LearnerTask> tasksOf;
    private final Map<String, LearnerTask> tasks = new TreeMap<>();
    private final Set<ModelDefinition> ended = new HashSet<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private Set<String> subscribed = Set.of();
    private long lastLook = System.nanoTime() - LOOK_NANOS;
    private volatile boolean closing;
    private volatile String problem;

    /**
     * @param consumer closed when {@link #run} returns
     * @param tasksOf makes the task of a definition, not yet started
     */
    TopicReader(
            Consumer<byte[], byte[]> consumer, ModelCatalog catalog, Function<ModelDefinition, LearnerTask> tasksOf) {
        this.consumer = consumer;
        this.catalog = catalog;
        this.tasksOf = tasksOf;
    }

    /** Reads until {@link #stop} is called or something breaks that waiting does not mend. */
    void run() {
        try (consumer) {
            while (!closing) {
                readOnce();
            }
        } finally {
            releaseAll(List.copyOf(tasks.values()), LearnerTask.Release.SAVE);
        }
    }

    /** Ends {@link #run} soon. */
    void stop() {
        closing = true;
        consumer.wakeup();
    }

    /** What is wrong, one sentence; empty if nothing is. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void readOnce() {
        try {
            look();
            dispatch();
            govern();
            commit();
            problem = null;
        } catch (WakeupException e) {
            // Only stop() wakes the consumer: the loop ends by itself.
            LOG.debug("Woken to stop");
        } catch (RetriableException | AuthorizationException | UncheckedIOException e) {
            problem = "reading the real topics: " + e.getMessage();
            pause();
        }
    }

    private void look() {
        if (System.nanoTime() - lastLook < LOOK_NANOS) {
            return;
        }
        lastLook = System.nanoTime();
        List<ModelDefinition> definitions = catalog.definitions();
        dropChanged(definitions);
        tasks.values().stream().filter(LearnerTask::isEnded).forEach(task -> ended.add(task.definition()));
        ended.retainAll(definitions);
        List<ModelDefinition> learnable = definitions.stream()
                .filter(definition -> !ended.contains(definition))
                .toList();
        subscribe(learnable);
        learnable.forEach(this::ensureTask);
    }

    private void dropChanged(List<ModelDefinition> definitions) {
        Set<ModelDefinition> present = new HashSet<>(definitions);
        releaseAll(
                tasks.values().stream()
                        .filter(task -> !present.contains(task.definition()))
                        .toList(),
                LearnerTask.Release.SAVE);
    }

    private void subscribe(List<ModelDefinition> definitions) {
        Set<String> topics = definitions.stream()
                .filter(Definitions::hasTopic)
                .map(ModelDefinition::getTopic)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!topics.equals(subscribed)) {
            LOG.infof("Learning from topics=%s", topics);
            consumer.subscribe(topics, new Assignments());
            subscribed = topics;
        }
    }

    private void ensureTask(ModelDefinition definition) {
        List<TopicPartition> partitions = assigned(definition.getTopic());
        boolean readable = !partitions.isEmpty() || !Definitions.hasTopic(definition);
        if (!readable || tasks.containsKey(definition.getName())) {
            return;
        }
        LearnerTask task = tasksOf.apply(definition);
        tasks.put(definition.getName(), task);
        partitions.forEach(this::seek);
        LOG.infof(
                "Learning starts: model=%s topic=%s checkpoint=%s",
                definition.getName(), definition.getTopic(), task.checkpointed());
        task.start();
    }

    /** Back to where the model that is furthest behind left off; the others know what they had. */
    private void seek(TopicPartition partition) {
        tasksOf(partition.topic()).stream()
                .mapToLong(task -> task.next(partition.partition()))
                .min()
                .ifPresent(offset -> consumer.seek(partition, offset));
    }

    private void dispatch() {
        if (subscribed.isEmpty()) {
            pause();
            return;
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            tasksOf(record.topic()).forEach(task -> task.offer(record));
        }
    }

    /** A topic nobody here is ready for waits, too: its records must not be polled past. */
    private void govern() {
        for (String topic : subscribed) {
            List<LearnerTask> learners = tasksOf(topic);
            if (learners.isEmpty() || learners.stream().anyMatch(LearnerTask::isFull)) {
                consumer.pause(assigned(topic));
            } else {
                consumer.resume(assigned(topic));
            }
        }
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            tasksOf(partition.topic()).stream()
                    .mapToLong(task -> task.checkpointed().getOrDefault(partition.partition(), 0L))
                    .min()
                    .ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset)));
        }
        offsets.entrySet().removeAll(committed.entrySet());
        if (!offsets.isEmpty()) {
            committed.putAll(offsets);
            consumer.commitAsync(offsets, (done, failure) -> {
                if (failure != null) {
                    LOG.warnf("Offsets could not be committed, the lag shown is too large: %s", failure.getMessage());
                }
            });
        }
    }

    private List<LearnerTask> tasksOf(String topic) {
        return tasks.values().stream()
                .filter(task -> task.definition().getTopic().equals(topic))
                .toList();
    }

    private List<TopicPartition> assigned(String topic) {
        return consumer.assignment().stream()
                .filter(partition -> partition.topic().equals(topic))
                .toList();
    }

    /** Waits for the rounds under way, so that nobody else learns these models meanwhile. */
    private void releaseAll(List<LearnerTask> leaving, LearnerTask.Release how) {
        var done = leaving.stream().map(task -> task.release(how)).toList();
        leaving.forEach(task -> tasks.remove(task.definition().getName()));
        for (var each : done) {
            try {
                each.get(RELEASE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                LOG.error("A model was left without a last checkpoint", e);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private final class Assignments implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // Tasks are made at the next look; until then the topic is paused and nothing is lost.
            consumer.pause(partitions);
            partitions.forEach(TopicReader.this::seek);
            lastLook = System.nanoTime() - LOOK_NANOS;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            leave(partitions, LearnerTask.Release.SAVE);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            leave(partitions, LearnerTask.Release.ABANDON);
        }

        private void leave(Collection<TopicPartition> partitions, LearnerTask.Release how) {
            Set<String> topics = partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
            releaseAll(
                    tasks.values().stream()
                            .filter(task -> topics.contains(task.definition().getTopic()))
                            .toList(),
                    how);
            committed.keySet().removeAll(partitions);
        }
    }
}
