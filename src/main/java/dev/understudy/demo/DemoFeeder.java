package dev.understudy.demo;

import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Topic;
import dev.understudy.kafka.TopicProvisioner;
import dev.understudy.kafka.TopicSpec;
import dev.understudy.kafka.Topics;
import dev.understudy.wire.FieldHint;
import dev.understudy.wire.HintKind;
import dev.understudy.wire.ModelDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Feeds the demo stream to the topic {@value #MODEL}, and defines the model of the same name: the first few thousand records
 * at once, so that learning can start, then at a steady rate. After a restart it goes on where the topic ends.
 *
 * <p><em>Thread safety</em>: safe; one thread of its own. <em>Ownership</em>: owns its clients.
 */
public final class DemoFeeder implements AutoCloseable {
    /** Name of the model and of its real topic. */
    public static final String MODEL = "digits";

    private static final Logger LOG = Logger.getLogger(DemoFeeder.class);
    private static final long SEED = 1;
    private static final int HEAD_START = 3_000;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final KafkaClients clients;
    private final Topics topics;
    private final int partitions;
    private final long pauseNanos;
    private final DigitStream stream = new DigitStream(SEED);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "demo-feeder");
    private volatile String problem;

    /**
     * @param partitions of the real topic, if it has to be made
     * @param recordsPerSecond steady rate, at least 1
     */
    public DemoFeeder(KafkaClients clients, Topics topics, int partitions, int recordsPerSecond) {
        if (recordsPerSecond < 1) {
            throw new IllegalArgumentException("a demo of " + recordsPerSecond + " records a second shows nothing");
        }
        this.clients = clients;
        this.topics = topics;
        this.partitions = partitions;
        this.pauseNanos = TimeUnit.SECONDS.toNanos(1) / recordsPerSecond;
    }

    /** Begins to feed. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** What is wrong, one sentence; empty if nothing is. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                feedUntilTrouble();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            problem = "the demo stream ended by " + e;
            throw e;
        }
    }

    private void feedUntilTrouble() throws InterruptedException {
        try {
            provision();
            define();
            feed();
        } catch (KafkaException e) {
            problem = "the demo stream waits for the broker: " + e.getMessage();
            LOG.warn(problem);
            closing.await(RETRY_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private void provision() {
        try (TopicProvisioner provisioner = new TopicProvisioner(clients.admin(), Optional.empty())) {
            provisioner.ensure(List.of(TopicSpec.plain(MODEL, partitions)));
        }
    }

    private void define() throws InterruptedException {
        try (Producer<String, ModelDefinition> producer = clients.producer(topics.definitions())) {
            producer.send(new ProducerRecord<>(topics.definitions().name(), MODEL, definition()))
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException("the definition cannot be published", e.getCause());
        }
    }

    static ModelDefinition definition() {
        return ModelDefinition.newBuilder()
                .setName(MODEL)
                .setTopic(MODEL)
                .setRecordSchema(DigitStream.SCHEMA.toString())
                .setHints(Map.of(
                        "image",
                        FieldHint.newBuilder()
                                .setKind(HintKind.IMAGE)
                                .setShape(List.of(Pen.SIDE, Pen.SIDE, 1))
                                .build(),
                        "label",
                        FieldHint.newBuilder().setKind(HintKind.CATEGORY).build()))
                .build();
    }

    private void feed() throws InterruptedException {
        Topic<byte[], GenericRecord> topic = topics.real(MODEL);
        try (Producer<byte[], GenericRecord> producer = clients.producer(topic)) {
            long index = fed();
            LOG.infof("Feeding the demo stream: topic=%s index=%d", MODEL, index);
            do {
                send(producer, stream.record(index++));
            } while (!closing.await(index < HEAD_START ? 0 : pauseNanos, TimeUnit.NANOSECONDS));
        }
    }

    /** Records on the topic: the next one has their number as its index. */
    private long fed() {
        try (Consumer<byte[], byte[]> consumer = clients.reader()) {
            List<TopicPartition> all = consumer.partitionsFor(MODEL).stream()
                    .map(info -> new TopicPartition(MODEL, info.partition()))
                    .toList();
            return consumer.endOffsets(all).values().stream()
                    .flatMapToLong(LongStream::of)
                    .sum();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback tells.
    private void send(Producer<byte[], GenericRecord> producer, GenericRecord digit) {
        try {
            producer.send(
                    new ProducerRecord<>(MODEL, digit),
                    (metadata, failure) -> problem =
                            failure == null ? null : "the demo stream lost a record: " + failure.getMessage());
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
        }
    }
}
