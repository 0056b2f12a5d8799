package dev.understudy.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.understudy.broker.EmbeddedBroker;
import dev.understudy.wire.ModelDefinition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaEdgeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static KafkaClients clients;
    private static Topics topics;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        clients = new KafkaClients(broker.bootstrap(), "test", Map.of());
        topics = new Topics("understudy.", WireFormat.local(directory.resolve("schemas")));
        provision(topics.specs(2));
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void topicsTakeEveryRecordAtOnceAfterCreation() throws Exception {
        for (int i = 0; i < 5; i++) {
            String name = "fresh-" + i;
            provision(List.of(TopicSpec.plain(name, 4)));
            try (Producer<byte[], byte[]> producer = clients.producer()) {
                List<Future<?>> sent = new ArrayList<>();
                for (int n = 0; n < 200; n++) {
                    sent.add(producer.send(new ProducerRecord<>(name, bytes("key " + n), bytes("value"))));
                }
                for (Future<?> one : sent) {
                    one.get();
                }
            }
            assertThat(size(name)).isEqualTo(200);
        }
    }

    @Test
    void leavesTopicsThatExistAlone() {
        provision(List.of(TopicSpec.plain("twice", 2)));
        provision(List.of(TopicSpec.plain("twice", 5)));

        try (TopicProvisioner provisioner = provisioner()) {
            assertThat(provisioner.partitions("twice")).isEqualTo(2);
            assertThat(provisioner.names()).contains("twice", "understudy.requests", "understudy.dead-letters");
        }
    }

    @Test
    void feedsDefinitionsTombstonesAndPoisonAndOutlivesTheBroker() throws Exception {
        // Given two definitions, one gone again, and something unreadable
        Map<String, String> seen = new ConcurrentHashMap<>();
        ConcurrentLinkedQueue<Long> poison = new ConcurrentLinkedQueue<>();
        try (Producer<String, ModelDefinition> producer = clients.producer(topics.definitions());
                Producer<byte[], byte[]> raw = clients.producer()) {
            define(producer, "one", "real-1");
            define(producer, "two", "real-2");
            producer.send(new ProducerRecord<>(topics.definitions().name(), "two", null))
                    .get();
            raw.send(new ProducerRecord<>(topics.definitions().name(), bytes("bad"), bytes("not avro")))
                    .get();

            // When a feed reads them
            try (var feed = CompactedFeed.start(
                    clients, topics.definitions(), (k, v) -> note(seen, k, v), (r, e) -> poison.add(r.offset()))) {
                assertThat(feed.awaitCaughtUp(PATIENCE)).isTrue();

                // Then it has handed over what is readable, and told of the rest
                assertThat(seen).containsOnly(Map.entry("one", "real-1"));
                assertThat(poison).containsExactly(3L);
                await().atMost(PATIENCE).until(() -> feed.problem().isEmpty());

                // And when the broker goes, it says so; when it is back, it goes on
                int port = broker.port();
                broker.close();
                await().atMost(PATIENCE).until(() -> feed.problem().isPresent());
                broker = EmbeddedBroker.start(directory.resolve("kafka"), port);
                define(producer, "three", "real-3");
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(seen).containsEntry("three", "real-3"));
                await().atMost(PATIENCE).until(() -> feed.problem().isEmpty());
            }
        }
    }

    @Test
    void aFeedWhoseCallbackThrowsSaysSo() throws Exception {
        provision(List.of(TopicSpec.plain("throwing", 1)));
        try (Producer<byte[], byte[]> producer = clients.producer()) {
            producer.send(new ProducerRecord<>("throwing", bytes("k"), bytes("v")))
                    .get();
        }
        var topic = new Topic<>(
                "throwing", topics.deadLetters().keys(), topics.deadLetters().values());

        try (var feed = CompactedFeed.start(
                clients,
                topic,
                (k, v) -> {
                    throw new IllegalStateException("the callback is broken");
                },
                (r, e) -> {})) {
            await().atMost(PATIENCE)
                    .dontCatchUncaughtExceptions()
                    .untilAsserted(() -> assertThat(feed.problem().orElse("")).contains("the callback is broken"));
        }
    }

    @Test
    void aFeedPassesOverWhatHasNoKeyOrIsRefused() throws Exception {
        provision(List.of(TopicSpec.plain("refused", 1)));
        try (Producer<byte[], byte[]> producer = clients.producer()) {
            for (byte[] key : new byte[][] {null, bytes("bad"), bytes("good")}) {
                producer.send(new ProducerRecord<>("refused", key, bytes("v"))).get();
            }
        }
        var topic = new Topic<>(
                "refused", topics.deadLetters().keys(), topics.deadLetters().values());
        List<String> seen = new CopyOnWriteArrayList<>();
        List<Long> poison = new CopyOnWriteArrayList<>();

        try (var feed = CompactedFeed.start(
                clients,
                topic,
                (k, v) -> seen.add(goodOrRefused(new String(k, StandardCharsets.UTF_8))),
                (r, e) -> poison.add(r.offset()))) {
            assertThat(feed.awaitCaughtUp(PATIENCE)).isTrue();
            assertThat(seen).containsExactly("good");
            assertThat(poison).containsExactly(0L, 1L);
        }
    }

    private static String goodOrRefused(String key) {
        if (!key.equals("good")) {
            throw new IllegalArgumentException("key must be good");
        }
        return key;
    }

    @Test
    void deadLettersKeepWhatCameAndSayWhy() throws Exception {
        ConsumerRecord<byte[], byte[]> source = new ConsumerRecord<>("somewhere", 3, 42, bytes("key"), bytes("value"));
        source.headers().add("own", bytes("kept"));

        try (DeadLetters letters = new DeadLetters(clients.producer(), topics.deadLetters())) {
            letters.send(source, "wrong-schema", "field 'a' is missing").get();
        }

        ConsumerRecord<byte[], byte[]> letter = first(topics.deadLetters().name());
        assertThat(letter.key()).isEqualTo(bytes("key"));
        assertThat(letter.value()).isEqualTo(bytes("value"));
        assertThat(header(letter, "own")).isEqualTo("kept");
        assertThat(header(letter, DeadLetters.CODE)).isEqualTo("wrong-schema");
        assertThat(header(letter, DeadLetters.REASON)).isEqualTo("field 'a' is missing");
        assertThat(header(letter, DeadLetters.SOURCE_TOPIC)).isEqualTo("somewhere");
        assertThat(header(letter, DeadLetters.SOURCE_PARTITION)).isEqualTo("3");
        assertThat(header(letter, DeadLetters.SOURCE_OFFSET)).isEqualTo("42");
    }

    private static void define(Producer<String, ModelDefinition> producer, String name, String real) throws Exception {
        ModelDefinition definition = ModelDefinition.newBuilder()
                .setName(name)
                .setTopic(real)
                .setRecordSchema("\"int\"")
                .build();
        producer.send(new ProducerRecord<>(topics.definitions().name(), name, definition))
                .get();
    }

    private static void note(Map<String, String> seen, String name, ModelDefinition definition) {
        if (definition == null) {
            seen.remove(name);
        } else {
            seen.put(name, definition.getTopic());
        }
    }

    private static ConsumerRecord<byte[], byte[]> first(String topic) {
        try (Consumer<byte[], byte[]> consumer = clients.reader()) {
            consumer.assign(partitions(consumer, topic));
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
                return !all.isEmpty();
            });
            return all.get(0);
        }
    }

    private static long size(String topic) {
        try (Consumer<byte[], byte[]> consumer = clients.reader()) {
            return consumer.endOffsets(partitions(consumer, topic)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private static void provision(List<TopicSpec> specs) {
        try (TopicProvisioner provisioner = provisioner()) {
            provisioner.ensure(specs);
        }
    }

    private static TopicProvisioner provisioner() {
        return new TopicProvisioner(clients.admin(), Optional.empty());
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
