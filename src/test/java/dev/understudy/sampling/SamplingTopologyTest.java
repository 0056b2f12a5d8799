package dev.understudy.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.understudy.sampling.plan.Limits;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** What becomes of requests, and of noise that users publish. */
class SamplingTopologyTest extends OnTheTopology {
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
}
