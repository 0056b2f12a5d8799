package dev.understudy.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.understudy.kafka.Topic;
import dev.understudy.wire.GenerationRequest;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, and what nobody can be told of. */
class RefusalsTest extends OnTheTopology {
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

    private static NoiseBatch.Builder walk(NoiseBatch.Builder noise, long steps) {
        return noise.setFrom(1L).setTo(2L).setSteps(steps);
    }
}
