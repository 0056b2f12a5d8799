package dev.understudy.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.understudy.wire.NoiseBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A sample's recipe, in the headers of its record: from it the sample can be made again ({@link Recipes}). Every value is text
 * in UTF-8. A header is left out where the recipe does not have what it tells of. Not thread-safe.
 */
public final class Provenance {
    /** Id of the request; not part of the recipe. */
    public static final String REQUEST = "understudy-request";

    /** Place in the request: counter of the noise, or of the steps of a walk. */
    public static final String INDEX = "understudy-index";

    public static final String MODEL = "understudy-model";
    public static final String VERSION = "understudy-version";

    /** Seed of the noise; none of a walk. */
    static final String SEED = "understudy-seed";

    /** Where a walk starts; all three or none. */
    static final String FROM = "understudy-from";

    static final String TO = "understudy-to";
    static final String STEPS = "understudy-steps";
    static final String TRUNCATION = "understudy-truncation";

    /** What is given, a JSON object with its names in order; bytes as their base64. */
    static final String GIVEN = "understudy-given";

    /** Latents that were published, as the base64 of floats of four bytes, most significant first. */
    static final String LATENTS = "understudy-latents";

    private static final JsonMapper JSON = new JsonMapper();

    private NoiseBatch last;
    private List<Header> common;

    /** Headers of the sample of a batch with this index. */
    @SuppressWarnings("ReferenceEquality") // only the very same batch is sure to be equal at no cost
    public Headers of(NoiseBatch noise, long index) {
        if (noise != last) {
            last = noise;
            common = common(noise);
        }
        Headers headers = new RecordHeaders(common).add(INDEX, bytes(Long.toString(index)));
        return noise.getLatents() == null ? headers : headers.add(LATENTS, bytes(latents(noise, index)));
    }

    /** All samples of a batch have most of it in common. */
    private static List<Header> common(NoiseBatch noise) {
        Headers headers = new RecordHeaders()
                .add(REQUEST, bytes(noise.getRequest()))
                .add(MODEL, bytes(noise.getModel()))
                .add(VERSION, bytes(noise.getVersion().toString()));
        if (noise.getSteps() == null) {
            headers.add(SEED, bytes(Long.toString(noise.getSeed())));
        } else {
            headers.add(FROM, bytes(noise.getFrom().toString()))
                    .add(TO, bytes(noise.getTo().toString()))
                    .add(STEPS, bytes(noise.getSteps().toString()));
        }
        if (noise.getTruncation() != null) {
            headers.add(TRUNCATION, bytes(noise.getTruncation().toString()));
        }
        if (!noise.getGiven().isEmpty()) {
            headers.add(GIVEN, bytes(given(noise.getGiven())));
        }
        return List.of(headers.toArray());
    }

    private static String given(Map<String, Object> given) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(given));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is given is made of plain values", e);
        }
    }

    private static String latents(NoiseBatch noise, long index) {
        int width = noise.getLatents().size() / noise.getCount();
        int from = Math.toIntExact(index - noise.getFirstIndex()) * width;
        ByteBuffer floats = ByteBuffer.allocate(width * Float.BYTES);
        noise.getLatents().subList(from, from + width).forEach(floats::putFloat);
        return Base64.getEncoder().encodeToString(floats.array());
    }

    /** The model that headers name. */
    public static String model(Headers headers) {
        return new String(headers.lastHeader(MODEL).value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
