package dev.understudy.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.wire.NoiseBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link Provenance} writes, read again. */
class RecipesTest {
    static {
        WireRecords.trust();
    }

    @Test
    void aPlainSampleHasAShortRecipe() {
        Map<String, String> headers = headers(noise().setSeed(-7).build(), 9);

        assertThat(headers)
                .containsOnly(
                        Map.entry("understudy-request", "r"),
                        Map.entry("understudy-index", "9"),
                        Map.entry("understudy-model", "m"),
                        Map.entry("understudy-version", "3"),
                        Map.entry("understudy-seed", "-7"));
        assertThat(Recipes.read(headers))
                .isEqualTo(noise().setSeed(-7).setFirstIndex(9).setCount(1).build());
    }

    @Test
    void truncationAndWhatIsGivenComeBackAsTheyWere() {
        Map<String, Object> given = new HashMap<>();
        given.put("none", null);
        given.put("whole", Long.MIN_VALUE);
        given.put("round", 2.0);
        given.put("exact", 0.1 + 0.2);
        given.put("yes", true);
        given.put("text", "\"quoted\", Größe \u0001");
        Map<String, String> headers =
                headers(noise().setTruncation(0.7).setGiven(given).build(), 4);

        NoiseBatch read = Recipes.read(headers);

        assertThat(headers).containsEntry("understudy-truncation", "0.7");
        assertThat(read.getTruncation()).isEqualTo(0.7);
        assertThat(read.getGiven()).isEqualTo(given);
    }

    @Test
    void anImageThatIsGivenComesBackAsItsBase64() {
        byte[] image = {0, -1, 127};
        Map<String, String> headers = headers(
                noise().setGiven(Map.of("image", ByteBuffer.wrap(image))).build(), 4);

        assertThat(headers).containsEntry("understudy-given", "{\"image\":\"AP9/\"}");
        assertThat(Base64.getDecoder()
                        .decode(Recipes.read(headers).getGiven().get("image").toString()))
                .isEqualTo(image);
    }

    @Test
    void theNamesOfWhatIsGivenAreInOrder() {
        NoiseBatch noise = noise().setGiven(Map.of("c", 1L, "a", 2L, "b", 3L)).build();

        assertThat(headers(noise, 4)).containsEntry("understudy-given", "{\"a\":2,\"b\":3,\"c\":1}");
    }

    @Test
    void aWalkHasItsEndsInThePlaceOfASeed() {
        NoiseBatch noise =
                noise().setFrom(-1L).setTo(Long.MAX_VALUE).setSteps(50L).build();
        Map<String, String> headers = headers(noise, 4);

        NoiseBatch read = Recipes.read(headers);

        assertThat(headers).doesNotContainKey("understudy-seed");
        assertThat(read.getFrom()).isEqualTo(-1);
        assertThat(read.getTo()).isEqualTo(Long.MAX_VALUE);
        assertThat(read.getSteps()).isEqualTo(50);
    }

    @Test
    void aSampleCarriesItsOwnLatents() {
        NoiseBatch noise = noise().setFirstIndex(4)
                .setCount(2)
                .setLatents(List.of(1f, 2f, 3f, -0.1f, Float.MIN_VALUE, 1e30f))
                .build();

        assertThat(Recipes.read(headers(noise, 5)).getLatents()).containsExactly(-0.1f, Float.MIN_VALUE, 1e30f);
        assertThat(Recipes.read(headers(noise, 4)).getLatents()).containsExactly(1f, 2f, 3f);
    }

    @Test
    void headersOfOthersArePassedOver() {
        Map<String, String> headers = headers(noise().build(), 1);
        headers.put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");

        assertThat(Recipes.read(headers).getModel()).isEqualTo("m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "understudy-model||lacks the header 'understudy-model'",
                "understudy-index||lacks the header 'understudy-index'",
                "understudy-seed||lacks the header 'understudy-seed'",
                "understudy-version|0|'understudy-version' must be a whole number from 1 to 2147483647, it is '0'",
                "understudy-version|2147483648|'understudy-version' must be",
                "understudy-index|-1|'understudy-index' must be a whole number from 0 to 9223372036854710271, it is '-1'",
                "understudy-index|two|it is 'two'",
                "understudy-seed|9223372036854775808|'understudy-seed' must be",
                "understudy-truncation|much|'understudy-truncation' must be a number, it is 'much'",
                "understudy-given|[1]|'understudy-given' of the recipe must be an object",
                "understudy-given|{|'understudy-given' must be a JSON object",
                "understudy-given|{\"a\": [1]}|'understudy-given.a'",
                "understudy-latents|AAAA|'understudy-latents' must be the base64 of floats of four bytes",
                "understudy-latents|?|'understudy-latents' must be the base64",
                "understudy-to|1|both",
                "understudy-trunctaion|1|no sample has a header 'understudy-trunctaion'"
            })
    void namesTheHeaderValueAndLimit(String name, String value, String message) {
        Map<String, String> headers = headers(noise().build(), 1);
        headers.remove(name);
        if (value != null) {
            headers.put(name, value);
        }

        assertThatThrownBy(() -> Recipes.read(headers))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(message);
    }

    private static NoiseBatch.Builder noise() {
        return NoiseBatch.newBuilder()
                .setRequest("r")
                .setModel("m")
                .setVersion(3)
                .setCount(10);
    }

    private static Map<String, String> headers(NoiseBatch noise, long index) {
        return Arrays.stream(new Provenance().of(noise, index).toArray())
                .collect(Collectors.toMap(
                        Header::key,
                        header -> new String(header.value(), StandardCharsets.UTF_8),
                        (a, b) -> a,
                        HashMap::new));
    }
}
