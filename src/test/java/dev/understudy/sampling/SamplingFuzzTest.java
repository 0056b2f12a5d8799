package dev.understudy.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.faults.Allocation;
import dev.understudy.faults.Mutations;
import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Topic;
import dev.understudy.kafka.Topics;
import dev.understudy.kafka.WireFormat;
import dev.understudy.sampling.generate.Batching;
import dev.understudy.sampling.plan.Limits;
import dev.understudy.wire.GenerationRequest;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.Priority;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import dev.understudy.wire.internal.BatchResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Whatever bytes lie on a topic that the flow reads, it goes on, and each record that can be read is answered: by one end, or as a
 * dead letter. Tries: {@code -Dfuzz.tries}.
 */
class SamplingFuzzTest {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration TICK = Duration.ofMillis(25);

    /** What a topic takes if nobody changed it. */
    private static final int LARGEST_RECORD = 1 << 20;

    private final Path directory = temporary();
    private final Topics topics = new Topics("understudy.", WireFormat.local(directory.resolve("schemas")));
    private TopologyTestDriver driver;
    private TestOutputTopic<byte[], byte[]> outcomes;
    private TestOutputTopic<byte[], byte[]> samples;
    private TestOutputTopic<byte[], byte[]> letters;
    private final Random keys = new Random(1);

    private long sampledBytes;

    private static Path temporary() {
        try {
            return Files.createTempDirectory("fuzz");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeProperty
    void start() {
        SmallModels models = new SmallModels();
        SamplingMeters meters = new SamplingMeters(new SimpleMeterRegistry(), 8);
        SamplingSettings settings = new SamplingSettings(
                "understudy.sampling",
                directory.resolve("state"),
                1,
                1,
                Duration.ofMillis(100),
                Guarantee.EXACTLY_ONCE,
                Batching.of(8, Duration.ofMillis(20)),
                new Limits(200, 10, 8, 64, 64));
        TopicSampler written = new TopicSampler(
                models, topic -> true, topics.synthetic("small").values().serializer(), meters);
        driver = new TopologyTestDriver(
                SamplingTopology.build(topics, SamplingStages.of(settings, 1, models, written, Runnable::run, meters)),
                StreamProperties.of(settings, new KafkaClients("nowhere:9092", "fuzz", Map.of()), topics),
                START);
        outcomes = output(topics.outcomes().name());
        samples = output(Topics.syntheticName("small"));
        letters = output(topics.deadLetters().name());
    }

    @AfterProperty
    void stop() {
        driver.close();
    }

    @Property(seed = "20261125", edgeCases = EdgeCasesMode.NONE)
    void requests(@ForAll("manyRequests") byte[] value) throws Exception {
        Allocation.justifiedBy(value.length, () -> {
            Optional<GenerationRequest> read = pipe(topics.requests(), value);
            read.ifPresent(request -> assertAnswered());
        });
    }

    @Property(seed = "20261125", edgeCases = EdgeCasesMode.NONE)
    void noise(@ForAll("muchNoise") byte[] value) throws Exception {
        Allocation.justifiedBy(value.length, this::sampled, () -> pipe(topics.noise(), value)
                .filter(noise -> !noise.getPlanned())
                .ifPresent(noise -> assertAnswered()));
    }

    @Property(seed = "20261125", edgeCases = EdgeCasesMode.NONE)
    void results(@ForAll("manyResults") byte[] value) throws Exception {
        Allocation.justifiedBy(value.length, () -> {
            pipe(topics.results(), value);
            assertThat(drained(letters)).as("dead letters").isEmpty();
        });
    }

    /** The value as it was read, if it could be. */
    private <V> Optional<V> pipe(Topic<String, V> topic, byte[] value) {
        drained(outcomes);
        drained(letters);
        input(topic).pipeInput(key(), value);
        try {
            return Optional.of(topic.values().deserializer().deserialize(topic.name(), value));
        } catch (SerializationException e) {
            assertThat(e).hasMessageNotContaining("small");
            return Optional.empty();
        }
    }

    private byte[] key() {
        return keys.nextInt(4) > 0 ? null : Integer.toString(keys.nextInt(20)).getBytes(StandardCharsets.UTF_8);
    }

    private void assertAnswered() {
        List<RequestOutcome> ends = new ArrayList<>();
        int letter = 0;
        for (int ticks = 0; ticks < 600 && ends.isEmpty() && letter == 0; ticks++) {
            if (ticks > 0) {
                driver.advanceWallClockTime(TICK);
            }
            ends.addAll(ends());
            letter += drained(letters).size();
        }
        assertThat(ends.size() + letter).as("answers").isEqualTo(1);
        assertThat(ends).allSatisfy(end -> assertThat(end.getModel()).hasSizeLessThanOrEqualTo(103));
    }

    private List<RequestOutcome> ends() {
        return drained(outcomes).stream()
                .map(record -> topics.outcomes()
                        .values()
                        .deserializer()
                        .deserialize(topics.outcomes().name(), record.value()))
                .filter(outcome -> outcome.getStatus() != RequestStatus.ACCEPTED)
                .toList();
    }

    /** Bytes of all samples so far: a short record may ask for many. */
    private long sampled() {
        for (TestRecord<byte[], byte[]> sample : drained(samples)) {
            sampledBytes += sample.key().length + sample.value().length;
            sample.headers().forEach(header -> sampledBytes += header.key().length() + header.value().length);
        }
        return sampledBytes;
    }

    private static List<TestRecord<byte[], byte[]>> drained(TestOutputTopic<byte[], byte[]> topic) {
        List<TestRecord<byte[], byte[]>> records = topic.readRecordsToList();
        assertThat(records).allSatisfy(record -> assertThat(record.value()).hasSizeLessThan(LARGEST_RECORD));
        return records;
    }

    private TestInputTopic<byte[], byte[]> input(Topic<?, ?> topic) {
        return driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static <V> byte[] bytes(Topic<?, V> topic, V value) {
        return topic.values().serializer().serialize(topic.name(), value);
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<byte[]> manyRequests() {
        GenerationRequest plain = GenerationRequest.newBuilder()
                .setId("r")
                .setModel("small")
                .setCount(12)
                .build();
        GenerationRequest rich = GenerationRequest.newBuilder(plain)
                .setVersion(2)
                .setSeed(-7L)
                .setTruncation(0.7)
                .setGiven(Map.of("label", 3L))
                .setDeadline(START.plusSeconds(1_000_000))
                .setPriority(Priority.BULK)
                .setTenant("t")
                .build();
        GenerationRequest walk = GenerationRequest.newBuilder(plain)
                .setCount(0)
                .setFrom(1L)
                .setTo(2L)
                .setSteps(9L)
                .build();
        GenerationRequest named = GenerationRequest.newBuilder(plain)
                .setId("x".repeat(5_000))
                .setModel("m".repeat(5_000))
                .setTenant("t".repeat(5_000))
                .build();
        return Mutations.of(
                List.of(
                        bytes(topics.requests(), plain),
                        bytes(topics.requests(), rich),
                        bytes(topics.requests(), walk),
                        bytes(topics.requests(), named),
                        json(
                                "{\"id\": \"r\", \"model\": \"small\", \"count\": 3, \"given\": {\"label\": 1}, \"deadline\": \"2099-01-31T12:00:00Z\"}"),
                        json(
                                "{\"model\": \"small\", \"from\": 1, \"to\": 2, \"steps\": 7, \"priority\": \"bulk\", \"truncation\": 1e0}")));
    }

    @Provide
    Arbitrary<byte[]> muchNoise() {
        NoiseBatch plain = NoiseBatch.newBuilder()
                .setRequest("n")
                .setModel("small")
                .setCount(12)
                .setSeed(9)
                .build();
        NoiseBatch latents = NoiseBatch.newBuilder(plain)
                .setCount(3)
                .setLatents(List.of(1f, 2f, 3f, 4f, 5f, 6f))
                .build();
        NoiseBatch planned = NoiseBatch.newBuilder(plain)
                .setPlanned(true)
                .setVersion(2)
                .setGiven(Map.of("label", "b"))
                .build();
        NoiseBatch named = NoiseBatch.newBuilder(plain)
                .setRequest("x".repeat(5_000))
                .setModel("m".repeat(5_000))
                .build();
        return Mutations.of(
                List.of(
                        bytes(topics.noise(), plain),
                        bytes(topics.noise(), latents),
                        bytes(topics.noise(), planned),
                        bytes(topics.noise(), named),
                        json(
                                "{\"request\": \"n\", \"model\": \"small\", \"count\": 2, \"latents\": [1, 2.5, -3, 1e-3], \"seed\": 7}")));
    }

    @Provide
    Arbitrary<byte[]> manyResults() {
        BatchResult result = BatchResult.newBuilder()
                .setRequest("r")
                .setFirstIndex(0)
                .setSamples(8)
                .setDelivered(8)
                .setCode(null)
                .setMessage(null)
                .build();
        return Arbitraries.oneOf(List.of(Mutations.of(List.of(bytes(topics.results(), result)))));
    }
}
