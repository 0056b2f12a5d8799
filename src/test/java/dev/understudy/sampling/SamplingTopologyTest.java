package dev.understudy.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

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
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The production topology on the production configuration. */
class SamplingTopologyTest {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final int BATCH = 8;
    private static final int WINDOW = 32;
    private static final int QUOTA = 64;
    private static final Duration AGE = Duration.ofMillis(20);

    @TempDir
    static Path directory;

    private static Topics topics;

    private final SmallModels models = new SmallModels();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SamplingMeters meters = new SamplingMeters(registry, BATCH);
    private TopologyTestDriver driver;
    private TestInputTopic<String, GenerationRequest> requests;
    private TestInputTopic<String, NoiseBatch> noise;
    private TestOutputTopic<String, RequestOutcome> outcomes;
    private TestOutputTopic<String, GenericRecord> samples;
    private TestOutputTopic<byte[], byte[]> deadLetters;

    @BeforeEach
    void start() {
        topics = new Topics("understudy.", WireFormat.local(directory.resolve("schemas")));
        start(1, new Limits(1000, 5, BATCH, WINDOW, QUOTA));
    }

    private void start(int partitions, Limits limits) {
        SamplingSettings settings = new SamplingSettings(
                "understudy.sampling",
                directory.resolve("state"),
                1,
                1,
                Duration.ofMillis(100),
                Guarantee.EXACTLY_ONCE,
                Batching.of(BATCH, AGE),
                limits);
        KafkaClients clients = new KafkaClients("nowhere:9092", "test", Map.of());
        driver = new TopologyTestDriver(
                SamplingTopology.build(
                        topics, SamplingStages.of(settings, partitions, models, written(), Runnable::run, meters)),
                StreamProperties.of(settings, clients, topics),
                START);
        requests = input(topics.requests());
        noise = input(topics.noise());
        outcomes = output(topics.outcomes());
        samples = output(topics.synthetic("small"));
        deadLetters = driver.createOutputTopic(
                topics.deadLetters().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private TopicSampler written() {
        return new TopicSampler(
                models, topic -> true, topics.synthetic("small").values().serializer(), meters);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void deliversEverySampleOfARequestOnceAndTellsTheOutcome() {
        requests.pipeInput("r", request("r", r -> r.setCount(20).setSeed(7L)));
        settle();

        List<TestRecord<String, GenericRecord>> made = samples.readRecordsToList();
        assertThat(made)
                .extracting(sample -> sample.value().get("value"))
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 20)
                        .mapToObj(i -> (Object) SmallModels.value(7, i))
                        .toList());
        List<RequestOutcome> told = outcomes.readValuesToList();
        assertThat(told.get(0).getStatus()).isEqualTo(RequestStatus.ACCEPTED);
        assertThat(finals(told)).hasSize(1);
        RequestOutcome last = finals(told).get(0);
        assertThat(last.getStatus()).isEqualTo(RequestStatus.COMPLETED);
        assertThat(last.getDelivered()).isEqualTo(20);
        assertThat(last.getVersion()).isEqualTo(2);
        assertThat(last.getSeed()).isEqualTo(7);
        assertThat(last.getCode()).isNull();
    }

    @Test
    void writesTheRecipeOfASampleIntoItsHeaders() {
        requests.pipeInput("r", request("r", r -> r.setCount(10).setSeed(-7L)));
        settle();

        TestRecord<String, GenericRecord> sample = samples.readRecordsToList().get(9);
        assertThat(sample.key()).isEqualTo("r/1");
        assertThat(header(sample, "understudy-request")).isEqualTo("r");
        assertThat(header(sample, "understudy-index")).isEqualTo("9");
        assertThat(header(sample, "understudy-model")).isEqualTo("small");
        assertThat(header(sample, "understudy-version")).isEqualTo("2");
        assertThat(header(sample, "understudy-seed")).isEqualTo("-7");
        assertThat(sample.headers().toArray()).hasSize(5);
    }

    @Test
    void deliversAWalkAndWritesItIntoTheHeaders() {
        requests.pipeInput("w", request("w", r -> r.setCount(0)
                .setFrom(-3L)
                .setTo(4L)
                .setSteps(20L)
                .setTruncation(0.5)
                .setGiven(Map.of("label", 7L))));
        settle();

        List<TestRecord<String, GenericRecord>> walk = samples.readRecordsToList();
        assertThat(walk)
                .extracting(sample -> header(sample, "understudy-index"))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 20).mapToObj(Long::toString).toList());
        assertThat(walk).allSatisfy(sample -> {
            assertThat(header(sample, "understudy-from")).isEqualTo("-3");
            assertThat(header(sample, "understudy-to")).isEqualTo("4");
            assertThat(header(sample, "understudy-steps")).isEqualTo("20");
            assertThat(header(sample, "understudy-truncation")).isEqualTo("0.5");
            assertThat(header(sample, "understudy-given")).isEqualTo("{\"label\":7}");
            assertThat(sample.headers().lastHeader("understudy-seed")).isNull();
        });
        RequestOutcome outcome = onlyFinal();
        assertThat(outcome.getStatus()).isEqualTo(RequestStatus.COMPLETED);
        assertThat(outcome.getRequested()).isEqualTo(20);
        assertThat(outcome.getSeed()).isEqualTo(-3);
    }

    @Test
    void tellsOfProgressOnceALookHoweverMuchThereIs() {
        requests.pipeInput("r", request("r", r -> r.setCount(1000)));

        List<RequestOutcome> told = new ArrayList<>(outcomes.readValuesToList());
        for (int looks = 0; finals(told).isEmpty() && looks < 1000; looks++) {
            driver.advanceWallClockTime(Duration.ofMillis(250));
            List<RequestOutcome> now = outcomes.readValuesToList();
            assertThat(now).as("progress, and the end").hasSizeLessThanOrEqualTo(2);
            told.addAll(now);
        }

        assertThat(finals(told)).hasSize(1);
        assertThat(told).isSortedAccordingTo(Comparator.comparing(RequestOutcome::getDelivered));
    }

    @Test
    void tellsOfProgressOnlyIfThereIsAny() {
        // Given a request of which two batches are made, and the rest must wait
        requests.pipeInput("r", request("r", r -> r.setCount(2 * BATCH + 4)));
        for (int ticks = 0; ticks < 1000 && models.passes.size() < 2; ticks++) {
            driver.advanceWallClockTime(Duration.ofMillis(1));
        }
        models.held = true;
        assertThat(outcomes.readValuesToList())
                .extracting(RequestOutcome::getDelivered)
                .containsExactly(0L);

        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(outcomes.readValuesToList())
                .extracting(RequestOutcome::getStatus, RequestOutcome::getDelivered)
                .containsExactly(tuple(RequestStatus.ACCEPTED, 2L * BATCH));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(outcomes.isEmpty()).isTrue();
    }

    @Test
    void drawsTheSameSeedForTheSameRecordAndAnotherForAnother() {
        requests.pipeInput("one", request("one", r -> {}));
        requests.pipeInput("two", request("two", r -> {}));
        List<Long> first = seeds();
        driver.close();
        start(1, new Limits(1000, 5, BATCH, WINDOW, QUOTA));
        requests.pipeInput("one", request("one", r -> {}));
        requests.pipeInput("two", request("two", r -> {}));

        assertThat(seeds()).isEqualTo(first).doesNotHaveDuplicates();
    }

    private List<Long> seeds() {
        settle();
        return finals(outcomes.readValuesToList()).stream()
                .map(RequestOutcome::getSeed)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refuses(String code, String named, Consumer<GenerationRequest.Builder> flaw) {
        requests.pipeInput("r", request("r", flaw));
        settle();

        RequestOutcome outcome = outcomes.readValue();
        assertThat(outcome.getStatus()).isEqualTo(RequestStatus.REFUSED);
        assertThat(outcome.getCode()).isEqualTo(code);
        assertThat(outcome.getMessage()).contains(named);
        assertThat(outcome.getDelivered()).isZero();
        assertThat(outcomes.isEmpty()).isTrue();
        assertThat(samples.isEmpty()).isTrue();
    }

    static Stream<Arguments> refuses() {
        return Stream.of(
                refusal("unknown-model", "'absent'", r -> r.setModel("absent")),
                refusal("no-live-model", "'new'", r -> r.setModel("new")),
                refusal("unknown-version", "3", r -> r.setVersion(3)),
                refusal("retired-version", "1", r -> r.setVersion(1)),
                refusal("invalid-count", "it is 0", r -> r.setCount(0)),
                refusal("invalid-count", "it is -1", r -> r.setCount(-1)),
                refusal("invalid-count", "1 to 1000, it is 1001", r -> r.setCount(1001)),
                refusal("invalid-tenant", "200 characters, it has 201", r -> r.setTenant("t".repeat(201))),
                refusal("invalid-truncation", "0.05", r -> r.setTruncation(0.05)),
                refusal("invalid-truncation", "NaN", r -> r.setTruncation(Double.NaN)),
                refusal("invalid-walk", "to is null", r -> r.setFrom(1L).setSteps(5L)),
                refusal("invalid-walk", "2 to 1000, it is 1001", r -> walk(r, 1001)),
                refusal("invalid-walk", "2 to 1000, it is 1", r -> walk(r, 1)),
                refusal("invalid-walk", "seed is 7", r -> walk(r, 5).setSeed(7L)),
                refusal("invalid-walk", "equal its steps, 5; it is 4", r -> walk(r, 5)
                        .setCount(4)),
                refusal("expired-deadline", "2029", r -> r.setDeadline(START.minusSeconds(1))),
                refusal("unknown-field", "no such field", r -> r.setGiven(Map.of("absent", 1L))),
                refusal("invalid-id", "equal the record's key", r -> r.setId("other")));
    }

    private static GenerationRequest.Builder walk(GenerationRequest.Builder request, long steps) {
        return request.setFrom(1L).setTo(2L).setSteps(steps).setCount(0);
    }

    private static Arguments refusal(String code, String named, Consumer<GenerationRequest.Builder> flaw) {
        return Arguments.of(code, named, flaw);
    }

    @Test
    void refusesAnIdThatIsTooLong() {
        String id = "x".repeat(201);
        requests.pipeInput(id, request(id, r -> {}));

        assertThat(outcomes.readValue().getCode()).isEqualTo("invalid-id");
    }

    @Test
    void refusesMoreOpenRequestsThanTheLimit() {
        for (int i = 0; i < 6; i++) {
            requests.pipeInput("r" + i, request("r" + i, r -> {}));
        }

        assertThat(finals(outcomes.readValuesToList()))
                .extracting(RequestOutcome::getRequest, RequestOutcome::getCode)
                .containsExactly(tuple("r5", "overloaded"));
    }

    @Test
    void takesTheRecordsKeyForAnIdLeftOut() {
        TestInputTopic<String, byte[]> console =
                driver.createInputTopic(topics.requests().name(), new StringSerializer(), new ByteArraySerializer());
        console.pipeInput("by-key", "{\"model\": \"small\", \"count\": 3}".getBytes(StandardCharsets.UTF_8));
        settle();

        assertThat(finals(outcomes.readValuesToList()))
                .extracting(RequestOutcome::getRequest, RequestOutcome::getStatus)
                .containsExactly(tuple("by-key", RequestStatus.COMPLETED));
    }

    @Test
    void movesARequestThatAnotherPartitionerPutElsewhere() {
        driver.close();
        start(64, new Limits(1000, 100, BATCH, WINDOW, QUOTA));
        // Nearly all of these belong to other partitions than the test driver's only one.
        for (int i = 0; i < 20; i++) {
            requests.pipeInput("r" + i, request("r" + i, r -> {}));
        }
        settle();

        assertThat(finals(outcomes.readValuesToList()))
                .extracting(RequestOutcome::getRequest)
                .hasSize(20)
                .doesNotHaveDuplicates();
    }

    @Test
    void answersARepeatedRequestWithItsProgressAndServesItOnce() {
        requests.pipeInput("r", request("r", r -> r.setCount(3)));
        requests.pipeInput("r", request("r", r -> r.setCount(3)));
        settle();

        List<RequestOutcome> told = outcomes.readValuesToList();
        assertThat(finals(told)).hasSize(1);
        assertThat(told).hasSizeGreaterThan(2);
        assertThat(samples.readValuesToList()).hasSize(3);
    }

    @Test
    void sharesAForwardPassBetweenRequests() {
        for (int i = 0; i < 4; i++) {
            requests.pipeInput("r" + i, request("r" + i, r -> r.setCount(2)));
        }
        settle();

        assertThat(models.passes).containsExactly(BATCH);
        assertThat(samples.readValuesToList()).hasSize(8);
        assertThat(finals(outcomes.readValuesToList())).hasSize(4);
    }

    @Test
    void letsAFragmentWaitUntilNothingComesAnyMore() {
        requests.pipeInput("r", request("r", r -> r.setCount(3)));
        assertThat(samples.isEmpty()).isTrue();

        settle();

        assertThat(samples.readValuesToList()).hasSize(3);
        assertThat(driver.getKeyValueStore(SamplingTopology.FRAGMENTS).approximateNumEntries())
                .isZero();
    }

    @Test
    void cancelsWhatIsNotMadeYetAndCountsWhatWas() {
        requests.pipeInput("r", request("r", r -> r.setCount(1000)));
        driver.advanceWallClockTime(AGE);
        driver.advanceWallClockTime(AGE);
        requests.pipeInput("r", (GenerationRequest) null);
        int made = samples.readValuesToList().size();
        settle();

        RequestOutcome last = onlyFinal();
        assertThat(last.getStatus()).isEqualTo(RequestStatus.CANCELLED);
        assertThat(last.getCode()).isEqualTo("cancelled");
        assertThat(last.getDelivered()).isEqualTo(made).isBetween((long) BATCH, 1000L - 1);
        assertThat(samples.isEmpty()).isTrue();
        assertThat(driver.getKeyValueStore(SamplingTopology.FRAGMENTS).approximateNumEntries())
                .isZero();
    }

    @Test
    void cancelsWhatIsReleasedAndWaits() {
        models.held = true;
        requests.pipeInput("r", request("r", r -> r.setCount(1000)));
        requests.pipeInput("other", request("other", r -> {}));
        requests.pipeInput("r", (GenerationRequest) null);

        RequestOutcome last = onlyFinal();
        assertThat(last.getStatus()).isEqualTo(RequestStatus.CANCELLED);
        assertThat(last.getDelivered()).isZero();
        models.held = false;
        settle();
        assertThat(samples.readKeyValuesToList())
                .extracting(sample -> sample.key)
                .containsExactly("other/0");
    }

    @Test
    void servesWhatIsUrgentBeforeWhatCameFirst() {
        requests.pipeInput("bulk", request("bulk", r -> r.setCount(100).setPriority(Priority.BULK)));
        requests.pipeInput("urgent", request("urgent", r -> r.setPriority(Priority.INTERACTIVE)));
        settle();

        List<String> keys =
                samples.readKeyValuesToList().stream().map(sample -> sample.key).toList();
        assertThat(keys).hasSize(101).startsWith("urgent/0", "bulk/0");
    }

    @Test
    void releasesNoMoreOfATenantThanItsQuotaAndSaysWhoWaits() {
        models.held = true;
        TestOutputTopic<String, NoiseBatch> released = output(topics.noise());
        for (int i = 0; i < 4; i++) {
            requests.pipeInput("r" + i, request("r" + i, r -> r.setTenant("t").setCount(30)));
        }
        requests.pipeInput("other", request("other", r -> r.setTenant("other")));

        assertThat(released.readValuesToList().stream()
                        .filter(batch -> batch.getTenant().equals("t"))
                        .mapToInt(NoiseBatch::getCount)
                        .sum())
                .isBetween(QUOTA - BATCH + 1, QUOTA);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(waiting("requests", "reason", "quota")).isEqualTo(2);
        assertThat(waiting("samples", "priority", "normal")).isBetween(QUOTA - BATCH + 2.0, QUOTA + 1.0);

        models.held = false;
        settle();
        assertThat(finals(outcomes.readValuesToList())).hasSize(5).allSatisfy(outcome -> assertThat(outcome.getStatus())
                .isEqualTo(RequestStatus.COMPLETED));
        assertThat(samples.readValuesToList()).hasSize(4 * 30 + 1);
        assertThat(waiting("requests", "reason", "quota")).isZero();
        assertThat(waiting("samples", "priority", "normal")).isZero();
    }

    private double waiting(String what, String tag, String value) {
        return registry.get("understudy.waiting." + what)
                .tag(tag, value)
                .gauge()
                .value();
    }

    @Test
    void ignoresATombstoneForNoOpenRequest() {
        requests.pipeInput("unheard-of", (GenerationRequest) null);
        settle();

        assertThat(outcomes.isEmpty()).isTrue();
    }

    @Test
    void expiresARequestWhoseDeadlinePassesWithTheExactCount() {
        models.held = true;
        requests.pipeInput("r", request("r", r -> r.setCount(1000).setDeadline(START.plusSeconds(5))));
        driver.advanceWallClockTime(Duration.ofSeconds(6));
        models.held = false;
        settle();

        RequestOutcome last = onlyFinal();
        assertThat(last.getStatus()).isEqualTo(RequestStatus.EXPIRED);
        assertThat(last.getCode()).isEqualTo("expired-deadline");
        assertThat(last.getDelivered()).isEqualTo(samples.readValuesToList().size());
    }

    @Test
    void neverHasMoreOutThanTheWindow() {
        models.held = true;
        requests.pipeInput("r", request("r", r -> r.setCount(1000)));

        assertThat(output(topics.noise()).readValuesToList().stream()
                        .mapToInt(NoiseBatch::getCount)
                        .sum())
                .isEqualTo(WINDOW);
        models.held = false;
        settle();
        assertThat(onlyFinal().getDelivered()).isEqualTo(1000);
        assertThat(samples.readValuesToList()).hasSize(1000);
    }

    @Test
    void failsARequestWhoseForwardPassThrowsAndNotItsNeighbours() {
        TestOutputTopic<String, GenericRecord> broken = output(topics.synthetic("broken"));
        requests.pipeInput(
                "bad", request("bad", r -> r.setModel("broken").setSeed(13L).setCount(2)));
        requests.pipeInput(
                "good", request("good", r -> r.setModel("broken").setSeed(14L).setCount(2)));
        settle();

        assertThat(finals(outcomes.readValuesToList()))
                .extracting(RequestOutcome::getRequest, RequestOutcome::getStatus, RequestOutcome::getCode)
                .containsExactlyInAnyOrder(
                        tuple("bad", RequestStatus.FAILED, "generation-failed"),
                        tuple("good", RequestStatus.COMPLETED, null));
        assertThat(broken.readValuesToList()).hasSize(2);
    }

    @Test
    void servesNoiseThatComesAsJsonAndKeepsItsLatentsInTheHeaders() {
        driver.createInputTopic(topics.noise().name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(
                        "n/0",
                        "{\"request\": \"n\", \"model\": \"small\", \"count\": 2, \"latents\": [0, 0, 1, -1]}"
                                .getBytes(StandardCharsets.UTF_8));
        settle();

        assertThat(samples.readRecordsToList())
                .extracting(sample -> header(sample, "understudy-latents"))
                .containsExactly("AAAAAAAAAAA=", "P4AAAL+AAAA=");
        assertThat(onlyFinal().getStatus()).isEqualTo(RequestStatus.COMPLETED);
    }

    @Test
    void servesNoiseThatUsersPublish() {
        noise.pipeInput("n/0", noise(n -> n.setSeed(3).setFirstIndex(100).setCount(20)));
        settle();

        assertThat(samples.readValuesToList())
                .extracting(sample -> sample.get("value"))
                .containsExactlyElementsOf(LongStream.range(100, 120)
                        .mapToObj(i -> (Object) SmallModels.value(3, i))
                        .toList());
        RequestOutcome outcome = onlyFinal();
        assertThat(outcome.getRequest()).isEqualTo("n");
        assertThat(outcome.getStatus()).isEqualTo(RequestStatus.COMPLETED);
        assertThat(outcome.getDelivered()).isEqualTo(20);
        assertThat(outcome.getVersion()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusesNoise(String code, Consumer<NoiseBatch.Builder> flaw) {
        noise.pipeInput("n/0", noise(flaw));
        settle();

        assertThat(onlyFinal().getCode()).isEqualTo(code);
        assertThat(samples.isEmpty()).isTrue();
    }

    static Stream<Arguments> refusesNoise() {
        return Stream.of(
                flaw("invalid-count", n -> n.setCount(0)),
                flaw("invalid-count", n -> n.setCount(65_537)),
                flaw("invalid-index", n -> n.setFirstIndex(-1)),
                flaw("invalid-truncation", n -> n.setTruncation(11.0)),
                flaw("invalid-walk", n -> n.setSteps(5L)),
                flaw("invalid-walk", n -> walk(n, 1)),
                flaw("invalid-walk", n -> walk(n, 5).setFirstIndex(4).setCount(2)),
                flaw("invalid-walk", n -> walk(n, 5).setLatents(List.of(1f, 2f))),
                flaw("invalid-latents", n -> n.setLatents(List.of(1f))),
                flaw("invalid-latents", n -> n.setLatents(List.of(1f, Float.NaN))),
                flaw("expired-deadline", n -> n.setDeadline(START)),
                flaw("unknown-model", n -> n.setModel("absent")),
                flaw("unknown-model", n -> n.setModel("m".repeat(2_000_000))),
                flaw("invalid-tenant", n -> n.setTenant("t".repeat(201))),
                flaw("invalid-latents", n -> n.setCount(60_000).setLatents(Collections.nCopies(2_000_001, 0f))),
                flaw("no-live-model", n -> n.setModel("new")),
                flaw("unknown-version", n -> n.setVersion(3)),
                flaw("unknown-field", n -> n.setGiven(Map.of("absent", true))),
                flaw("invalid-id", n -> n.setRequest("")));
    }

    private static Arguments flaw(String code, Consumer<NoiseBatch.Builder> flaw) {
        return Arguments.of(code, flaw);
    }

    /** That the dead letters hold it is seen on a real broker: the test driver drops what a deserialization handler sends. */
    @Test
    void goesOnAfterWhatItCannotRead() {
        for (Topic<?, ?> topic : List.of(topics.requests(), topics.noise(), topics.results())) {
            driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                    .pipeInput("bad", "garbage".getBytes(StandardCharsets.UTF_8));
        }
        requests.pipeInput("r", request("r", r -> {}));
        settle();

        assertThat(onlyFinal().getStatus()).isEqualTo(RequestStatus.COMPLETED);
    }

    @Test
    void sendsARequestThatNobodyCanBeToldOfToTheDeadLetters() {
        byte[] nameless = "{\"model\": \"small\", \"count\": 3}".getBytes(StandardCharsets.UTF_8);
        driver.createInputTopic(topics.requests().name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(null, nameless);
        settle();

        assertThat(deadLetters.readValuesToList()).containsExactly(nameless);
        assertThat(outcomes.isEmpty()).isTrue();
    }

    /** An outcome under such a name would not fit its topic, which ends a stream thread. */
    @Test
    void sendsNamesThatNoOutcomeHasRoomForToTheDeadLetters() {
        String endless = "x".repeat(900_000);
        requests.pipeInput(null, request(endless, r -> {}));
        requests.pipeInput(endless, request("r", r -> {}));
        requests.pipeInput(endless, null);
        noise.pipeInput(null, noise(n -> n.setRequest(endless)));
        noise.pipeInput(null, noise(n -> n.setRequest(endless).setPlanned(true)));
        settle();

        assertThat(deadLetters.getQueueSize()).isEqualTo(5);
        assertThat(outcomes.isEmpty()).isTrue();
    }

    @Test
    void tellsNoMoreOfAModelsNameThanAModelsMayHave() {
        requests.pipeInput("r", request("r", r -> r.setModel("m".repeat(900_000))));

        assertThat(outcomes.readValue().getModel()).hasSize(103);
    }

    /** Runs all punctuators until nothing moves any more. */
    private void settle() {
        for (int i = 0; i < 200; i++) {
            driver.advanceWallClockTime(AGE);
        }
    }

    private RequestOutcome onlyFinal() {
        List<RequestOutcome> finals = finals(outcomes.readValuesToList());
        assertThat(finals).hasSize(1);
        return finals.get(0);
    }

    private static List<RequestOutcome> finals(List<RequestOutcome> told) {
        return told.stream()
                .filter(outcome -> outcome.getStatus() != RequestStatus.ACCEPTED)
                .toList();
    }

    private static GenerationRequest request(String id, Consumer<GenerationRequest.Builder> more) {
        GenerationRequest.Builder request =
                GenerationRequest.newBuilder().setId(id).setModel("small").setCount(1);
        more.accept(request);
        return request.build();
    }

    private static NoiseBatch.Builder walk(NoiseBatch.Builder noise, long steps) {
        return noise.setFrom(1L).setTo(2L).setSteps(steps);
    }

    private static NoiseBatch noise(Consumer<NoiseBatch.Builder> more) {
        NoiseBatch.Builder batch =
                NoiseBatch.newBuilder().setRequest("n").setModel("small").setCount(1);
        more.accept(batch);
        return batch.build();
    }

    private <V> TestInputTopic<String, V> input(Topic<String, V> topic) {
        return driver.createInputTopic(
                topic.name(), topic.keys().serializer(), topic.values().serializer());
    }

    private <V> TestOutputTopic<String, V> output(Topic<String, V> topic) {
        return driver.createOutputTopic(
                topic.name(), topic.keys().deserializer(), topic.values().deserializer());
    }

    private static String header(TestRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
