package dev.understudy;

import dev.understudy.api.OutcomeBoard;
import dev.understudy.api.ReportBoard;
import dev.understudy.broker.EmbeddedBroker;
import dev.understudy.config.UnderstudyConfig;
import dev.understudy.config.UnderstudyConfig.Sampling.Precision;
import dev.understudy.gan.Device;
import dev.understudy.kafka.CompactedFeed;
import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Topic;
import dev.understudy.kafka.TopicProvisioner;
import dev.understudy.kafka.TopicSpec;
import dev.understudy.kafka.Topics;
import dev.understudy.kafka.WireFormat;
import dev.understudy.model.Definitions;
import dev.understudy.model.HalfPrecision;
import dev.understudy.model.LoadedModel;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.ModelFile;
import dev.understudy.model.ModelStore;
import dev.understudy.model.ServedModels;
import dev.understudy.sampling.generate.Phases;
import dev.understudy.sampling.generate.Regenerator;
import dev.understudy.sampling.generate.ServedSampler;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.ModelDefinition;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/**
 * What every role stands on: the broker (if it is ours to run), the topics, and the memories fed from them.
 *
 * <p><em>Ownership</em>: starts all of it in order when it is made, and closes it in the opposite order.
 */
@Singleton
public class Foundation {
    private static final Logger LOG = Logger.getLogger(Foundation.class);
    private static final Duration CATCH_UP = Duration.ofSeconds(60);
    private static final int DEFINE_ATTEMPTS = 10;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<CompactedFeed<?, ?>> feeds = new ArrayList<>();
    private final UnderstudyConfig config;
    private final KafkaClients clients;
    private final Topics topics;
    private final TopicProvisioner provisioner;
    private final ModelCatalog catalog = new ModelCatalog();
    private final OutcomeBoard outcomes = new OutcomeBoard();
    private final ReportBoard reports = new ReportBoard();
    private final ModelStore store;
    private final Device device;
    private final ServedModels served;

    Foundation(UnderstudyConfig config) throws InterruptedException {
        this.config = config;
        WireFormat format = wireFormat();
        topics = new Topics(config.topics().prefix(), format);
        store = new ModelStore(config.dataDirectory().resolve("models"));
        device = Device.of(config.device());
        LOG.infof("Device chosen: device=%s precision=%s", device, precision());
        served = opened(new ServedModels(catalog, store, config.sampling().loadedModels(), this::read));
        clients = new KafkaClients(
                bootstrap(), config.instance(), new HashMap<>(config.kafka().properties()));
        provisioner = opened(new TopicProvisioner(clients.admin(), replication()));
        provisioner.ensure(topics.specs(config.topics().partitions()));
        format.warmUp();
        follow(topics.models(), (key, announcement) -> announce(key, announcement));
        follow(topics.learning(), reports::post);
        follow(topics.outcomes(), outcomes::post);
        follow(topics.definitions(), this::define);
        awaitFeeds();
    }

    private WireFormat wireFormat() {
        return config.kafka()
                .registryUrl()
                .map(url -> WireFormat.registry(url, config.kafka().properties()))
                .orElseGet(() -> WireFormat.local(config.dataDirectory().resolve("schemas")));
    }

    private Precision precision() {
        return config.sampling().precision();
    }

    private LoadedModel read(Path file) {
        LoadedModel single = ModelFile.read(file, device);
        return precision() == Precision.SINGLE ? single : HalfPrecision.of(single, LOG::info);
    }

    private String bootstrap() {
        return config.kafka().bootstrapServers().orElseGet(() -> {
            EmbeddedBroker broker = opened(EmbeddedBroker.start(
                    config.dataDirectory().resolve("broker"), config.broker().port()));
            LOG.infof("Embedded broker started: bootstrap=%s", broker.bootstrap());
            return broker.bootstrap();
        });
    }

    private Optional<Short> replication() {
        short copies = config.topics().replication();
        return copies < 1 ? Optional.empty() : Optional.of(copies);
    }

    private <K, V> void follow(Topic<K, V> topic, BiConsumer<K, V> sink) {
        feeds.add(opened(CompactedFeed.start(
                clients,
                topic,
                sink,
                (source, why) -> LOG.warnf(
                        "Unreadable record skipped: topic=%s partition=%d offset=%d reason=%s",
                        source.topic(), source.partition(), source.offset(), why.getMessage()))));
    }

    private void awaitFeeds() throws InterruptedException {
        for (CompactedFeed<?, ?> feed : feeds) {
            if (!feed.awaitCaughtUp(CATCH_UP)) {
                throw new IllegalStateException(feed.problem().orElse("a feed did not catch up within " + CATCH_UP));
            }
        }
    }

    private void announce(String key, ModelAnnouncement announcement) {
        int slash = key.lastIndexOf('/');
        if (announcement != null) {
            catalog.announce(announcement);
        } else if (slash > 0) {
            // A number that is none is an IllegalArgumentException: such a record is passed over.
            catalog.forget(key.substring(0, slash), Integer.parseInt(key.substring(slash + 1)));
        }
    }

    /** A model is known only once its topics are there, so that nobody writes to a topic that is not. */
    private void define(String name, ModelDefinition definition) {
        if (definition == null) {
            catalog.undefine(name);
            return;
        }
        ensure(topicsOf(definition));
        catalog.define(definition);
        LOG.infof("Model defined: model=%s topic=%s", name, definition.getTopic());
    }

    /** One without a topic that can be is for the learner to refuse, with the reason. */
    private List<TopicSpec> topicsOf(ModelDefinition definition) {
        if (!Definitions.isName(definition.getName())) {
            throw new IllegalArgumentException(
                    "a definition has a name of " + definition.getName().length()
                            + " characters that no model can have: 1 to 100 of a-z, 0-9, '.', '_' and '-'");
        }
        int partitions = config.topics().partitions();
        TopicSpec synthetic = topics.syntheticSpec(definition.getName(), partitions);
        return Definitions.hasTopic(definition)
                ? List.of(TopicSpec.plain(definition.getTopic(), partitions), synthetic)
                : List.of(synthetic);
    }

    private void ensure(List<TopicSpec> specs) {
        for (int attempt = 1; ; attempt++) {
            try {
                provisioner.ensure(specs);
                return;
            } catch (InvalidTopicException e) {
                // Such as one that differs from another's by a dot where that has an underscore.
                throw new IllegalArgumentException(e.getMessage(), e);
            } catch (RetriableException e) {
                LOG.warnf("Topics not ready: attempt=%d reason=%s", attempt, e.getMessage());
                if (attempt == DEFINE_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    /** What is wrong with the feeds, one sentence each; empty if nothing is. */
    List<String> problems() {
        return feeds.stream()
                .map(CompactedFeed::problem)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Where networks are trained and run. */
    Device device() {
        return device;
    }

    @Produces
    @Singleton
    KafkaClients clients() {
        return clients;
    }

    @Produces
    @Singleton
    Topics topics() {
        return topics;
    }

    @Produces
    @Singleton
    TopicProvisioner provisioner() {
        return provisioner;
    }

    @Produces
    @Singleton
    ModelCatalog catalog() {
        return catalog;
    }

    @Produces
    @Singleton
    ModelStore store() {
        return store;
    }

    @Produces
    @Singleton
    ServedModels served() {
        return served;
    }

    @Produces
    @Singleton
    Regenerator regenerator() {
        return new Regenerator(
                model -> catalog.definition(model).isPresent(), new ServedSampler(served, Phases.untold()));
    }

    @Produces
    @Singleton
    OutcomeBoard outcomes() {
        return outcomes;
    }

    @Produces
    @Singleton
    ReportBoard reports() {
        return reports;
    }

    @PreDestroy
    void close() {
        Shutdown.closeAll(parts);
    }
}
