package dev.understudy.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.understudy.broker.EmbeddedBroker;
import dev.understudy.gan.Device;
import dev.understudy.kafka.CompactedFeed;
import dev.understudy.kafka.DeadLetters;
import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Topic;
import dev.understudy.kafka.TopicProvisioner;
import dev.understudy.kafka.TopicSpec;
import dev.understudy.kafka.Topics;
import dev.understudy.kafka.WireFormat;
import dev.understudy.model.LoadedModel;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.ModelFile;
import dev.understudy.model.ModelStore;
import dev.understudy.wire.LearningReport;
import dev.understudy.wire.LearningState;
import dev.understudy.wire.ModelAnnouncement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole flow on a real broker: records in, versions, reports and dead letters out, and again after a restart. */
class LearningIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final LearningSettings SETTINGS = new LearningSettings(
            Device.CPU, 1, 1, 4 << 20, 10, Duration.ofMillis(100), 3, 300, 60, Duration.ofSeconds(2));

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static KafkaClients clients;
    private static Topics topics;

    private final ModelCatalog catalog = new ModelCatalog();
    private final ModelStore store = new ModelStore(directory.resolve("models"));
    private final List<LearningReport> reports = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> feeds = new ArrayList<>();

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        clients = new KafkaClients(broker.bootstrap(), "test", Map.of());
        topics = new Topics("understudy.", WireFormat.local(directory.resolve("schemas")));
        try (TopicProvisioner provisioner = new TopicProvisioner(clients.admin(), Optional.empty())) {
            provisioner.ensure(topics.specs(2));
            provisioner.ensure(List.of(TopicSpec.plain("sales", 2)));
        }
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Closing the producer waits for all.
    @Test
    void learnsPublishesRefusesAndResumes() throws Exception {
        follow();
        try (Producer<byte[], byte[]> producer = clients.producer()) {
            for (int i = 0; i < 400; i++) {
                producer.send(new ProducerRecord<>("sales", i % 2, null, framed(i)));
            }
            producer.send(new ProducerRecord<>("sales", 0, null, "no avro".getBytes(StandardCharsets.UTF_8)));
            ProducerRecord<byte[], byte[]> synthetic = new ProducerRecord<>("sales", 1, null, framed(401));
            synthetic.headers().add(RecordReader.PROVENANCE, "1".getBytes(StandardCharsets.UTF_8));
            producer.send(synthetic);
        }
        catalog.define(Shop.definition(Shop.SALE));

        try (Learning learning = new Learning(clients, topics, catalog, store, SETTINGS)) {
            learning.start();
            await().atMost(PATIENCE)
                    .until(() -> seen(400, 2) && !catalog.versions("sales").isEmpty());
            assertThat(learning.problem()).isEmpty();
        }
        ModelAnnouncement live = catalog.versions("sales").get(0);
        try (LoadedModel served = ModelFile.read(store.get(live.getSha256()), Device.CPU)) {
            assertThat(served.codec().layout().schema()).isEqualTo(Shop.SALE);
        }
        assertThat(deadLetter().headers().lastHeader(DeadLetters.CODE).value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("unreadable-record");

        LearningReport last = reports.get(reports.size() - 1);
        Checkpoints checkpoints = new Checkpoints(store, Shop.definition(Shop.SALE));
        assertThat(checkpoints.offsets()).containsEntry(0, 201L).containsEntry(1, 201L);
        reports.clear();
        try (Learning learning = new Learning(clients, topics, catalog, store, SETTINGS)) {
            learning.start();
            send(402);
            await().atMost(PATIENCE).until(() -> seen(401, 2));
            assertThat(learning.healthy()).isTrue();
        }
        // It went on: nothing was counted twice, no round was lost, and versions did not start again.
        assertThat(reports).allMatch(report -> report.getRound() >= last.getRound());
        assertThat(reports).extracting(LearningReport::getState).doesNotContain(LearningState.WAITING);
        assertThat(catalog.versions("sales").get(0).getVersion()).isGreaterThanOrEqualTo(live.getVersion());
        for (AutoCloseable feed : feeds) {
            feed.close();
        }
    }

    private void follow() throws InterruptedException {
        CompactedFeed<String, LearningReport> feed = CompactedFeed.start(
                clients, topics.learning(), (key, report) -> reports.add(report), (source, why) -> {});
        feeds.add(feed);
        assertThat(feed.awaitCaughtUp(PATIENCE)).isTrue();
    }

    private boolean seen(long records, long rejected) {
        return reports.stream()
                .anyMatch(report -> report.getRecordsSeen() == records && report.getRecordsRejected() == rejected);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Closing the producer waits for it.
    private static void send(int number) {
        try (Producer<byte[], byte[]> producer = clients.producer()) {
            producer.send(new ProducerRecord<>("sales", 0, null, framed(number)));
        }
    }

    private static byte[] framed(int number) {
        Topic<byte[], GenericRecord> topic = topics.real("sales");
        return topic.values().serializer().serialize(topic.name(), Shop.record(number));
    }

    private static ConsumerRecord<byte[], byte[]> deadLetter() {
        try (Consumer<byte[], byte[]> consumer = clients.reader()) {
            List<TopicPartition> partitions = consumer
                    .partitionsFor(topics.deadLetters().name())
                    .stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(letters::add);
                return !letters.isEmpty();
            });
            assertThat(letters).hasSize(1);
            return letters.get(0);
        }
    }
}
