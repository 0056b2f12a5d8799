package dev.understudy;

import dev.understudy.config.UnderstudyConfig;
import dev.understudy.demo.DemoFeeder;
import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.TopicProvisioner;
import dev.understudy.kafka.Topics;
import dev.understudy.learning.Learning;
import dev.understudy.learning.LearningSettings;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.ModelStore;
import dev.understudy.model.ServedModels;
import dev.understudy.sampling.Guarantee;
import dev.understudy.sampling.Sampling;
import dev.understudy.sampling.SamplingMeters;
import dev.understudy.sampling.SamplingSettings;
import dev.understudy.sampling.generate.Batching;
import dev.understudy.sampling.generate.ServedSampler;
import dev.understudy.sampling.plan.CatalogVersions;
import dev.understudy.sampling.plan.Limits;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Starts the roles that this process has, and stops them.
 *
 * <p><em>Ownership</em>: owns the roles; the foundation outlives them.
 */
@Singleton
public class Roles {
    private static final Duration ORPHAN_AGE = Duration.ofDays(1);

    private final Deque<AutoCloseable> roles = new ArrayDeque<>();
    private final List<Supplier<Optional<String>>> checks = new ArrayList<>();
    private final UnderstudyConfig config;
    private final KafkaClients clients;
    private final Topics topics;
    private final TopicProvisioner provisioner;
    private final ModelCatalog catalog;
    private final ModelStore store;
    private final ServedModels served;
    private final MeterRegistry meters;

    Roles(Foundation foundation, UnderstudyConfig config, MeterRegistry meters) {
        this.config = config;
        this.meters = meters;
        clients = foundation.clients();
        topics = foundation.topics();
        provisioner = foundation.provisioner();
        catalog = foundation.catalog();
        store = foundation.store();
        served = foundation.served();
    }

    void start(@Observes StartupEvent event) {
        if (config.sampling().enabled()) {
            startSampling(config.sampling());
        }
        if (config.learning().enabled()) {
            startLearning(config.learning());
        }
        if (config.demo().enabled()) {
            startDemo(config.demo());
        }
    }

    private void startLearning(UnderstudyConfig.Learning settings) {
        store.removeOrphans(Instant.now().minus(ORPHAN_AGE));
        Learning learning = new Learning(clients, topics, catalog, store, learningSettings(settings));
        roles.push(learning);
        checks.add(learning::problem);
        learning.start();
    }

    private static LearningSettings learningSettings(UnderstudyConfig.Learning settings) {
        return new LearningSettings(
                settings.threads(),
                settings.coresPerModel(),
                settings.replayBytes(),
                settings.roundSteps(),
                settings.checkpointInterval(),
                settings.keepVersions(),
                settings.warmUpRecords(),
                settings.leastRecords(),
                settings.quiet());
    }

    private void startDemo(UnderstudyConfig.Demo settings) {
        DemoFeeder feeder = new DemoFeeder(clients, topics, config.topics().partitions(), settings.recordsPerSecond());
        roles.push(feeder);
        checks.add(feeder::problem);
        feeder.start();
    }

    private void startSampling(UnderstudyConfig.Sampling settings) {
        SamplingMeters sampled = new SamplingMeters(meters, settings.batchSize());
        Sampling sampling = new Sampling(clients, topics, provisioner, samplingSettings(settings), sampled);
        roles.push(sampling);
        checks.add(sampling::problem);
        sampling.start(catalog, new CatalogVersions(catalog, served), new ServedSampler(served, sampled));
        checks.add(() -> sampling.running() ? Optional.empty() : Optional.of("sampling has no partitions yet"));
    }

    private SamplingSettings samplingSettings(UnderstudyConfig.Sampling settings) {
        return new SamplingSettings(
                topics.group("sampling"),
                config.dataDirectory().resolve("streams"),
                settings.threads(),
                settings.modelThreads(),
                settings.commitInterval(),
                settings.exactlyOnce() ? Guarantee.EXACTLY_ONCE : Guarantee.AT_LEAST_ONCE,
                Batching.of(settings.batchSize(), settings.batchAge()),
                new Limits(
                        settings.maxCount(),
                        settings.maxOpenRequests(),
                        settings.batchSize(),
                        settings.window(),
                        settings.tenantQuota()));
    }

    /** What is wrong with the roles, one sentence each; empty if nothing is. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        checks.forEach(check -> check.get().ifPresent(problems::add));
        return problems;
    }

    void stop(@Observes ShutdownEvent event) {
        Shutdown.closeAll(roles);
    }
}
