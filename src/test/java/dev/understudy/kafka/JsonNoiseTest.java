package dev.understudy.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.wire.NoiseBatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonNoiseTest {

    @Test
    void readsEveryField() {
        NoiseBatch noise = read("""
                {"request": "n", "batch": 2, "model": "m", "version": 3, "seed": -7, "firstIndex": 40, "count": 2,
                 "latents": [0.5, -1, 2e-3, 0], "truncation": 1, "given": {"a": null, "b": "text"},
                 "deadline": 1893456000000, "tenant": "t", "from": 1, "to": -9223372036854775808, "steps": 9}
                """);

        assertThat(noise.getRequest()).isEqualTo("n");
        assertThat(noise.getBatch()).isEqualTo(2);
        assertThat(noise.getPlanned()).isFalse();
        assertThat(noise.getVersion()).isEqualTo(3);
        assertThat(noise.getSeed()).isEqualTo(-7);
        assertThat(noise.getFirstIndex()).isEqualTo(40);
        assertThat(noise.getLatents()).containsExactly(0.5f, -1f, 0.002f, 0f);
        assertThat(noise.getTruncation()).isEqualTo(1.0);
        assertThat(noise.getGiven()).containsEntry("a", null).containsEntry("b", "text");
        assertThat(noise.getDeadline()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(noise.getTo()).isEqualTo(Long.MIN_VALUE);
        assertThat(noise.getSteps()).isEqualTo(9);
    }

    @Test
    void takesDefaultsForWhatIsLeftOut() {
        NoiseBatch noise = read("{\"request\": \"n\", \"model\": \"m\", \"count\": 3}");

        assertThat(noise.getLatents()).isNull();
        assertThat(noise.getSeed()).isZero();
        assertThat(noise.getSteps()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\": \"m\"}|'request'",
                "{\"request\": \"n\", \"planned\": true}|'planned'",
                "{\"request\": \"n\", \"latents\": [1, \"2\"]}|'latents'",
                "{\"request\": \"n\", \"latents\": 1}|'latents'",
                "{\"request\": \"n\", \"count\": 3000000000}|'count'",
                "{\"request\": \"n\", \"steps\": 1.5}|'steps'",
                "{\"request\": \"n\"|not one"
            })
    void namesTheFieldThatCannotBeRead(String json, String named) {
        assertThatThrownBy(() -> read(json.trim()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(named.replace("''", "'"));
    }

    private static NoiseBatch read(String json) {
        return JsonNoise.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
