package dev.understudy.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Topic;
import dev.understudy.kafka.Topics;
import dev.understudy.kafka.WireFormat;
import dev.understudy.sampling.generate.Batching;
import dev.understudy.sampling.plan.Limits;
import dev.understudy.wire.GenerationRequest;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests on the production topology, in the production configuration. */
abstract class OnTheTopology {
    static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    static final int BATCH = 8;

    static final int WINDOW = 32;

    static final int QUOTA = 64;

    static final Duration AGE = Duration.ofMillis(20);

    @TempDir
    static Path directory;

    static Topics topics;

    final SmallModels models = new SmallModels();

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    final SamplingMeters meters = new SamplingMeters(registry, BATCH);

    TopologyTestDriver driver;

    TestInputTopic<String, GenerationRequest> requests;

    TestInputTopic<String, NoiseBatch> noise;

    TestOutputTopic<String, RequestOutcome> outcomes;

    TestOutputTopic<String, GenericRecord> samples;

    TestOutputTopic<byte[], byte[]> deadLetters;

    @BeforeEach
    void start() {
        topics = new Topics("understudy.", WireFormat.local(directory.resolve("schemas")));
        start(1, new Limits(1000, 5, BATCH, WINDOW, QUOTA));
    }

    void start(int partitions, Limits limits) {
        SamplingStages stages = stages(partitions, limits);
        driver = new TopologyTestDriver(
                SamplingTopology.build(topics, stages),
                StreamProperties.of(stages.settings(), new KafkaClients("nowhere:9092", "test", Map.of()), topics),
                START);
        requests = input(topics.requests());
        noise = input(topics.noise());
        outcomes = output(topics.outcomes());
        samples = output(topics.synthetic("small"));
        deadLetters = driver.createOutputTopic(
                topics.deadLetters().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    SamplingStages stages(int partitions, Limits limits) {
        SamplingSettings settings = new SamplingSettings(
                "understudy.sampling",
                directory.resolve("state"),
                1,
                1,
                Duration.ofMillis(100),
                Guarantee.EXACTLY_ONCE,
                Batching.of(BATCH, AGE),
                limits);
        return SamplingStages.of(settings, partitions, models, written(), Runnable::run, meters);
    }

    TopicSampler written() {
        return new TopicSampler(
                models, topic -> true, topics.synthetic("small").values().serializer(), meters);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    /** Runs all punctuators until nothing moves any more. */
    void settle() {
        for (int i = 0; i < 200; i++) {
            driver.advanceWallClockTime(AGE);
        }
    }

    RequestOutcome onlyFinal() {
        List<RequestOutcome> finals = finals(outcomes.readValuesToList());
        assertThat(finals).hasSize(1);
        return finals.get(0);
    }

    static List<RequestOutcome> finals(List<RequestOutcome> told) {
        return told.stream()
                .filter(outcome -> outcome.getStatus() != RequestStatus.ACCEPTED)
                .toList();
    }

    static GenerationRequest request(String id, Consumer<GenerationRequest.Builder> more) {
        GenerationRequest.Builder request =
                GenerationRequest.newBuilder().setId(id).setModel("small").setCount(1);
        more.accept(request);
        return request.build();
    }

    static NoiseBatch noise(Consumer<NoiseBatch.Builder> more) {
        NoiseBatch.Builder batch =
                NoiseBatch.newBuilder().setRequest("n").setModel("small").setCount(1);
        more.accept(batch);
        return batch.build();
    }

    <V> TestInputTopic<String, V> input(Topic<String, V> topic) {
        return driver.createInputTopic(
                topic.name(), topic.keys().serializer(), topic.values().serializer());
    }

    <V> TestOutputTopic<String, V> output(Topic<String, V> topic) {
        return driver.createOutputTopic(
                topic.name(), topic.keys().deserializer(), topic.values().deserializer());
    }

    static String header(TestRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
