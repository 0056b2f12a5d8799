package dev.understudy.sampling;

import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.TopicProvisioner;
import dev.understudy.kafka.Topics;
import dev.understudy.model.ModelCatalog;
import dev.understudy.sampling.generate.Sampler;
import dev.understudy.sampling.plan.Versions;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.jboss.logging.Logger;

/**
 * Runs the flow: its topics, its stream threads, and what is known of its health.
 *
 * <p>Start it once the catalog has caught up with its topics, else requests for known models are refused. <em>Thread
 * safety</em>: share freely. <em>Ownership</em>: ends its threads; close it before what it was given.
 */
public final class Sampling implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Sampling.class);

    /** More than a session: where this process fails, others get its partitions. */
    private static final Duration PAUSE = StreamProperties.SESSION_TIMEOUT.plusSeconds(10);

    private final KafkaClients clients;
    private final Topics topics;
    private final TopicProvisioner provisioner;
    private final SamplingSettings settings;
    private final SamplingMeters meters;
    private Supervisor supervisor;
    private SyntheticTopics synthetic;
    private ModelThreads models;

    /**
     * @param provisioner creates the topics that the models' samples go to
     */
    public Sampling(
            KafkaClients clients,
            Topics topics,
            TopicProvisioner provisioner,
            SamplingSettings settings,
            SamplingMeters meters) {
        this.clients = clients;
        this.topics = topics;
        this.provisioner = provisioner;
        this.settings = settings;
        this.meters = meters;
    }

    /**
     * Starts the flow. Its topics must exist ({@link Topics#specs}).
     *
     * @throws IllegalStateException if topics that belong together differ in their partitions
     */
    public synchronized void start(ModelCatalog catalog, Versions versions, Sampler<GenericRecord> sampler) {
        int partitions = commonPartitions();
        synthetic = new SyntheticTopics(provisioner, topics, catalog, partitions);
        synthetic.start();
        TopicSampler written = new TopicSampler(
                sampler, synthetic::exists, topics.synthetic("any").values().serializer(), meters);
        models = new ModelThreads(settings.modelThreads());
        SamplingStages stages = SamplingStages.of(settings, partitions, versions, written, models, meters);
        supervisor = new Supervisor(
                kafka -> new KafkaStreams(
                        SamplingTopology.build(topics, stages), StreamProperties.of(settings, clients, topics), kafka),
                PAUSE,
                System::currentTimeMillis);
        supervisor.start();
        meters.commits(() -> supervisor.streams().metrics());
        LOG.infof(
                "Sampling started. application=%s instance=%s partitions=%d threads=%d",
                settings.application(), clients.instance(), partitions, settings.threads());
    }

    /** Results find their request only if both topics are cut alike. */
    private int commonPartitions() {
        int requests = provisioner.partitions(topics.requests().name());
        int results = provisioner.partitions(topics.results().name());
        if (requests != results) {
            throw new IllegalStateException(
                    "topic " + topics.results().name() + " has " + results + " partitions and must have as many as "
                            + topics.requests().name() + ", which has " + requests);
        }
        return requests;
    }

    /** Whether requests are taken now: false until the first assignment, and while partitions move. */
    public synchronized boolean running() {
        return supervisor != null && supervisor.streams().state() == State.RUNNING;
    }

    /** What is wrong, one sentence; empty if nothing is, or if the flow has not been started. */
    public synchronized Optional<String> problem() {
        return supervisor == null ? Optional.empty() : supervisor.problem().or(synthetic::problem);
    }

    @Override
    public synchronized void close() {
        if (supervisor != null) {
            supervisor.close();
            synthetic.close();
            models.close();
            LOG.infof("Sampling stopped. application=%s", settings.application());
        }
    }
}
