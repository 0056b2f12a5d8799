package dev.understudy.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.understudy.broker.EmbeddedBroker;
import dev.understudy.kafka.CompactedFeed;
import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Topic;
import dev.understudy.kafka.TopicProvisioner;
import dev.understudy.kafka.Topics;
import dev.understudy.kafka.WireFormat;
import dev.understudy.wire.GenerationRequest;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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

class SamplingIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PARTITIONS = 2;

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
        try (TopicProvisioner provisioner = new TopicProvisioner(clients.admin(), Optional.empty())) {
            provisioner.ensure(topics.specs(PARTITIONS));
            provisioner.ensure(List.of(topics.syntheticSpec("small", PARTITIONS)));
        }
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    /** What a subscriber that reads committed records alone has seen. */
    private static final class Subscriber implements AutoCloseable {
        private final Consumer<String, GenericRecord> samples = reader(topics.synthetic("small"));
        private final Consumer<String, RequestOutcome> outcomes = reader(topics.outcomes());
        private final Map<String, Map<Long, Integer>> seen = new HashMap<>();
        private final Map<String, RequestOutcome> finals = new HashMap<>();
        private final Set<String> ids;
        private int repeatedFinals;

        Subscriber(Set<String> ids) {
            this.ids = ids;
        }

        int poll() {
            samples.poll(Duration.ofMillis(50))
                    .forEach(sample -> seen.computeIfAbsent(header(sample, "understudy-request"), id -> new HashMap<>())
                            .merge(Long.parseLong(header(sample, "understudy-index")), 1, Integer::sum));
            outcomes.poll(Duration.ofMillis(50)).forEach(record -> {
                boolean isFinal = record.value().getStatus() != RequestStatus.ACCEPTED;
                if (isFinal && ids.contains(record.key()) && finals.put(record.key(), record.value()) != null) {
                    repeatedFinals++;
                }
            });
            return finals.size();
        }

        int samples() {
            return ids.stream()
                    .mapToInt(id -> seen.getOrDefault(id, Map.of()).size())
                    .sum();
        }

        @Override
        public void close() {
            samples.close();
            outcomes.close();
        }
    }

    @Test
    void everySampleAndEveryOutcomeIsSeenOnceHoweverOftenTheProcessIsKilled() throws Exception {
        Map<String, Long> wanted = wanted(400);
        Process process = SamplingProcess.start(broker.bootstrap(), directory);
        try (Subscriber subscriber = new Subscriber(wanted.keySet())) {
            // Given load that goes on over all kills
            send(wanted);

            // When the process is killed in the midst of it, again and again
            for (int kill = 1; kill <= 3; kill++) {
                int enough = kill * wanted.size() / 5;
                await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> subscriber.poll() >= enough);
                assertThat(process.isAlive()).isTrue();
                process.destroyForcibly().waitFor();
                assertThat(subscriber.poll())
                        .as("requests done before kill " + kill)
                        .isLessThan(wanted.size());
                process = SamplingProcess.start(broker.bootstrap(), directory);
            }
            long all = wanted.values().stream().mapToLong(Long::longValue).sum();
            await().atMost(PATIENCE).until(() -> subscriber.poll() == wanted.size() && subscriber.samples() == all);

            // Then everybody got all once, and was told so once
            wanted.forEach((id, count) -> {
                RequestOutcome outcome = subscriber.finals.get(id);
                assertThat(outcome.getStatus()).isEqualTo(RequestStatus.COMPLETED);
                assertThat(outcome.getDelivered()).isEqualTo(count);
                assertThat(subscriber.seen.get(id))
                        .containsOnlyKeys(LongStream.range(0, count).boxed().toList())
                        .allSatisfy((index, times) -> assertThat(times).isEqualTo(1));
            });
            assertThat(subscriber.repeatedFinals).isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void keepsWhatItCannotReadAndOutlivesTheBroker() throws Exception {
        byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);
        try (Sampling sampling = SamplingProcess.run(broker.bootstrap(), directory);
                Producer<byte[], byte[]> raw = clients.producer();
                Subscriber subscriber = new Subscriber(Set.of("before", "after"))) {
            // Given bytes that nobody can read on both inputs, and a request behind them
            raw.send(new ProducerRecord<>(topics.requests().name(), 0, null, garbage))
                    .get();
            raw.send(new ProducerRecord<>(topics.noise().name(), 0, null, garbage))
                    .get();
            send(Map.of("before", 5L));

            // Then the request is served, and the bytes are dead letters with their reason
            await().atMost(PATIENCE).until(() -> subscriber.poll() == 1);
            assertThat(letters(2)).hasSize(2).allSatisfy(letter -> {
                assertThat(letter.value()).isEqualTo(garbage);
                assertThat(header(letter, "__streams.errors.message")).contains("7 bytes");
                assertThat(header(letter, "__streams.errors.offset")).isNotEmpty();
            });
            assertThat(sampling.problem()).isEmpty();
            assertThat(toldToAReplicaThatStartsNow("before").getDelivered()).isEqualTo(5);

            // When the broker goes, that is told; when it is back, requests are served again
            int port = broker.port();
            broker.close();
            await().atMost(PATIENCE).until(() -> sampling.problem().isPresent());
            broker = EmbeddedBroker.start(directory.resolve("kafka"), port);
            await().atMost(PATIENCE).until(() -> sampling.problem().isEmpty());
            send(Map.of("after", 5L));
            await().atMost(PATIENCE).until(() -> subscriber.poll() == 2);
        }
    }

    /** What every process knows of a request, as it answers {@code GET /requests/{id}} from it. */
    private static RequestOutcome toldToAReplicaThatStartsNow(String request) throws InterruptedException {
        Map<String, RequestOutcome> told = new ConcurrentHashMap<>();
        try (CompactedFeed<String, RequestOutcome> feed =
                CompactedFeed.start(clients, topics.outcomes(), told::put, (source, why) -> {})) {
            assertThat(feed.awaitCaughtUp(PATIENCE)).isTrue();
        }
        return told.get(request);
    }

    private static List<ConsumerRecord<byte[], byte[]>> letters(int enough) {
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = reader(topics.deadLetters())) {
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(50)).forEach(letters::add);
                return letters.size() >= enough;
            });
        }
        return letters;
    }

    /** Small requests, some that need the window, and noise published directly, by id. */
    private static Map<String, Long> wanted(int requests) {
        Random random = new Random(7);
        Map<String, Long> wanted = new HashMap<>();
        for (int i = 0; i < requests; i++) {
            boolean large = i % 50 == 49;
            String kind = i % 8 == 3 ? "noise-" : "request-";
            wanted.put(kind + i, large ? 3000L : 1L + random.nextInt(100));
        }
        return wanted;
    }

    private static void send(Map<String, Long> wanted) throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        try (Producer<String, GenerationRequest> requests = clients.producer(topics.requests());
                Producer<String, NoiseBatch> noise = clients.producer(topics.noise())) {
            wanted.forEach((id, count) -> sent.add(
                    id.startsWith("noise")
                            ? noise.send(
                                    new ProducerRecord<>(topics.noise().name(), id + "/0", noise(id, count.intValue())))
                            : requests.send(
                                    new ProducerRecord<>(topics.requests().name(), id, request(id, count)))));
        }
        for (Future<?> one : sent) {
            one.get();
        }
    }

    private static GenerationRequest request(String id, long count) {
        return GenerationRequest.newBuilder()
                .setId(id)
                .setModel("small")
                .setCount(count)
                .build();
    }

    private static NoiseBatch noise(String id, int count) {
        return NoiseBatch.newBuilder()
                .setRequest(id)
                .setModel("small")
                .setCount(count)
                .build();
    }

    private static <K, V> Consumer<K, V> reader(Topic<K, V> topic) {
        Consumer<K, V> consumer = clients.reader(topic);
        consumer.assign(IntStream.range(0, PARTITIONS)
                .mapToObj(i -> new TopicPartition(topic.name(), i))
                .toList());
        return consumer;
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
