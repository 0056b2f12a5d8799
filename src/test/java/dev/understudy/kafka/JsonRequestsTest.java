package dev.understudy.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.wire.GenerationRequest;
import dev.understudy.wire.Priority;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRequestsTest {

    @Test
    void readsEveryField() {
        GenerationRequest request = read("""
                {"id": "r", "model": "m", "version": 2, "count": 10, "seed": -7, "truncation": 1,
                 "given": {"a": null, "b": true, "c": 1, "d": 1.5, "e": "text"},
                 "deadline": "2030-01-31T12:00:00Z", "priority": "bulk", "tenant": "t"}
                """);

        assertThat(request.getVersion()).isEqualTo(2);
        assertThat(request.getSeed()).isEqualTo(-7);
        assertThat(request.getTruncation()).isEqualTo(1.0);
        assertThat(request.getGiven())
                .containsEntry("a", null)
                .containsEntry("b", true)
                .containsEntry("c", 1L)
                .containsEntry("d", 1.5)
                .containsEntry("e", "text");
        assertThat(request.getDeadline()).isEqualTo(Instant.parse("2030-01-31T12:00:00Z"));
        assertThat(request.getPriority()).isEqualTo(Priority.BULK);
        assertThat(request.getTenant()).isEqualTo("t");
    }

    @Test
    void readsAWalk() {
        GenerationRequest request = read("{\"model\": \"m\", \"from\": -1, \"to\": 2, \"steps\": 5}");

        assertThat(request.getFrom()).isEqualTo(-1);
        assertThat(request.getTo()).isEqualTo(2);
        assertThat(request.getSteps()).isEqualTo(5);
        assertThat(request.getCount()).isZero();
    }

    @Test
    void takesDefaultsForWhatIsLeftOut() {
        GenerationRequest request = read("{\"model\": \"m\", \"count\": 3}");

        assertThat(request.getId()).isEmpty();
        assertThat(request.getSeed()).isNull();
        assertThat(request.getGiven()).isEmpty();
    }

    @Test
    void takesTheWholeRangeOfSeeds() {
        assertThat(read("{\"seed\": " + Long.MIN_VALUE + "}").getSeed()).isEqualTo(Long.MIN_VALUE);
        assertThat(read("{\"seed\": " + Long.MAX_VALUE + "}").getSeed()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"cuont\": 3}|'cuont'",
                "{\"count\": \"3\"}|'count'",
                "{\"count\": 3.5}|'count'",
                "{\"version\": 3000000000}|'version'",
                "{\"version\": -3000000000}|'version'",
                "{\"seed\": 9223372036854775808}|'seed'",
                "{\"truncation\": \"x\"}|'truncation'",
                "{\"from\": \"1\"}|'from'",
                "{\"to\": 1.5}|'to'",
                "{\"steps\": []}|'steps'",
                "{\"given\": {\"a\": [1]}}|'given.a'",
                "{\"given\": 3}|'given'",
                "{\"deadline\": \"tomorrow\"}|'deadline'",
                "{\"priority\": \"urgent\"}|'priority'",
                "{\"model\": 3}|'model'",
                "{\"count\": 3|not one",
                "{\"count\": 3} {}|not one"
            })
    void namesTheFieldThatCannotBeRead(String json, String named) {
        assertThatThrownBy(() -> read(json.trim()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(named.replace("''", "'"));
    }

    private static GenerationRequest read(String json) {
        return JsonRequests.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
