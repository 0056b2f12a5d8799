package dev.understudy.sampling;

import dev.understudy.kafka.TopicProvisioner;
import dev.understudy.kafka.TopicSpec;
import dev.understudy.kafka.Topics;
import dev.understudy.model.ModelCatalog;
import dev.understudy.wire.ModelDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Creates the topics of samples as models are defined, and knows which exist: a sample for one that does not would end the
 * whole client. As it asks the broker all the time, it also knows whether the broker answers.
 *
 * <p><em>Thread safety</em>: share freely. <em>Ownership</em>: ends its thread; the provisioner stays its owner's.
 */
final class SyntheticTopics implements AutoCloseable {
    private static final long LOOK_MILLIS = 1000;

    private final TopicProvisioner provisioner;
    private final Topics topics;
    private final ModelCatalog catalog;
    private final int partitions;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "synthetic-topics");
        made.setDaemon(true);
        return made;
    });
    private volatile Set<String> existing = Set.of();
    private volatile String problem;

    SyntheticTopics(TopicProvisioner provisioner, Topics topics, ModelCatalog catalog, int partitions) {
        this.provisioner = provisioner;
        this.topics = topics;
        this.catalog = catalog;
        this.partitions = partitions;
    }

    /** Looks at once, and then all the time. */
    void start() {
        look();
        Future<?> unused = thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Whether samples of a model can be sent. */
    boolean exists(String model) {
        return existing.contains(Topics.syntheticName(model));
    }

    /** What kept the last look from succeeding; empty if it did succeed. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            List<TopicSpec> wanted = catalog.definitions().stream()
                    .map(ModelDefinition::getName)
                    .map(model -> topics.syntheticSpec(model, partitions))
                    .toList();
            Set<String> names = provisioner.names();
            List<TopicSpec> missing =
                    wanted.stream().filter(spec -> !names.contains(spec.name())).toList();
            if (!missing.isEmpty()) {
                provisioner.ensure(missing);
            }
            existing = wanted.stream().map(TopicSpec::name).collect(Collectors.toUnmodifiableSet());
            problem = null;
        } catch (RuntimeException e) {
            // Whatever it is: thrown, it would end the looks for ever and nobody would be told.
            problem = "the broker does not answer, or refuses to create topics: " + e.getMessage();
        }
    }
}
