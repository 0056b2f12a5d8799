package dev.understudy.learning;

import dev.understudy.kafka.DeadLetters;
import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Topics;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.ModelStore;
import dev.understudy.wire.ModelDefinition;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.jboss.logging.Logger;

/**
 * The companion consumer: wires topics, learners, threads and the log. One thread polls, {@code threads} compute.
 *
 * <p><em>Thread safety</em>: safe. <em>Ownership</em>: owns its clients and threads; {@link #close} ends the rounds under
 * way, saves last checkpoints and frees all. Catalog and store are shared and stay open.
 */
public final class Learning implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Learning.class);
    private static final int CLOSE_SECONDS = 60;

    private final Topics topics;
    private final ModelCatalog catalog;
    private final ModelStore store;
    private final LearningSettings settings;
    private final Producer<byte[], byte[]> producer;
    private final DeadLetters deadLetters;
    private final ScheduledExecutorService compute;
    private final TopicReader reader;
    private final Thread poller;
    private final Map<String, LearnerTask> tasks = new ConcurrentHashMap<>();
    private volatile String death;

    /**
     * @param catalog fed by the caller, and caught up with its topics before {@link #start}: it says which version is next
     */
    public Learning(
            KafkaClients clients, Topics topics, ModelCatalog catalog, ModelStore store, LearningSettings settings) {
        this.topics = topics;
        this.catalog = catalog;
        this.store = store;
        this.settings = settings;
        this.producer = clients.producer();
        this.deadLetters = new DeadLetters(clients.producer(), topics.deadLetters());
        this.compute = Executors.newScheduledThreadPool(settings.threads(), threads());
        this.reader = new TopicReader(
                clients.member(topics.group("learning"), WholeTopicAssignor.class), catalog, this::task);
        this.poller = new Thread(this::poll, "learning-poll");
    }

    /** Begins to read and learn. */
    public void start() {
        poller.start();
    }

    /** Whether reading and every model go well. */
    public boolean healthy() {
        return problem().isEmpty();
    }

    /** What is wrong, one sentence; empty if nothing is. */
    public Optional<String> problem() {
        return Optional.ofNullable(death).or(reader::problem).or(() -> tasks.values().stream()
                .flatMap(task -> task.problem().stream())
                .findFirst());
    }

    @Override
    public void close() {
        reader.stop();
        try {
            poller.join();
            compute.shutdown();
            if (!compute.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.errorf("A round did not end within %d s and is cut off", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            compute.shutdownNow();
            producer.close();
            deadLetters.close();
        }
    }

    private void poll() {
        try {
            reader.run();
        } catch (RuntimeException | Error e) {
            death = "reading the real topics ended by " + e;
            LOG.error("Learning has ended", e);
            throw e;
        }
    }

    private LearnerTask task(ModelDefinition definition) {
        KafkaOutlet outlet = new KafkaOutlet(topics, producer, deadLetters);
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        Workshop workshop =
                new Workshop(settings, store, catalog, outlet, Clock.systemUTC(), thread::getCurrentThreadCpuTime);
        LearnerTask task = new LearnerTask(
                definition,
                workshop,
                outlet,
                topics.real(definition.getTopic()).values().deserializer(),
                compute);
        tasks.put(definition.getName(), task);
        return task;
    }

    private static ThreadFactory threads() {
        AtomicInteger number = new AtomicInteger();
        return work -> new Thread(work, "learning-compute-" + number.incrementAndGet());
    }
}
