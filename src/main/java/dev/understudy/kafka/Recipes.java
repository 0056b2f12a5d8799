package dev.understudy.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.understudy.wire.NoiseBatch;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;

/** Reads the headers of a sample ({@link Provenance}) as the noise that it was made from. <em>Thread safety</em>: stateless. */
public final class Recipes {
    private static final String PREFIX = "understudy-";
    private static final long MOST_INDEX = Long.MAX_VALUE - 65_536;
    private static final String UNNAMED = "regenerated";
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonFields FIELDS = new JsonFields("recipe");

    private static final List<String> WALK = List.of(Provenance.FROM, Provenance.TO, Provenance.STEPS);
    private static final Set<String> NAMES = Set.of(
            Provenance.REQUEST,
            Provenance.INDEX,
            Provenance.MODEL,
            Provenance.VERSION,
            Provenance.SEED,
            Provenance.FROM,
            Provenance.TO,
            Provenance.STEPS,
            Provenance.TRUNCATION,
            Provenance.GIVEN,
            Provenance.LATENTS);

    private Recipes() {}

    /**
     * The batch of one sample that headers tell of. Those of others are passed over.
     *
     * @param headers by name
     * @throws SerializationException naming the header that is missing, unknown or cannot be read, and what it may be; whether
     *     the noise can be followed is the generator's to say
     */
    public static NoiseBatch read(Map<String, String> headers) {
        headers.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !NAMES.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new SerializationException("no sample has a header '" + JsonFields.shortened(name) + "'");
                });
        NoiseBatch.Builder noise = NoiseBatch.newBuilder()
                .setRequest(headers.getOrDefault(Provenance.REQUEST, UNNAMED))
                .setModel(present(headers, Provenance.MODEL))
                .setVersion((int) whole(headers, Provenance.VERSION, 1, Integer.MAX_VALUE))
                .setFirstIndex(whole(headers, Provenance.INDEX, 0, MOST_INDEX))
                .setCount(1);
        start(headers, noise);
        if (headers.containsKey(Provenance.TRUNCATION)) {
            noise.setTruncation(number(headers, Provenance.TRUNCATION));
        }
        if (headers.containsKey(Provenance.GIVEN)) {
            noise.setGiven(FIELDS.given(Provenance.GIVEN, tree(headers, Provenance.GIVEN)));
        }
        if (headers.containsKey(Provenance.LATENTS)) {
            noise.setLatents(floats(headers, Provenance.LATENTS));
        }
        return noise.build();
    }

    private static void start(Map<String, String> headers, NoiseBatch.Builder noise) {
        boolean isWalk = WALK.stream().anyMatch(headers::containsKey);
        if (isWalk && headers.containsKey(Provenance.SEED)) {
            throw new SerializationException("a recipe has either header '" + Provenance.SEED
                    + "' or those of a walk, '" + String.join("', '", WALK) + "'; this one has both");
        } else if (isWalk) {
            noise.setFrom(any(headers, Provenance.FROM))
                    .setTo(any(headers, Provenance.TO))
                    .setSteps(any(headers, Provenance.STEPS));
        } else {
            noise.setSeed(any(headers, Provenance.SEED));
        }
    }

    private static String present(Map<String, String> headers, String name) {
        String value = headers.get(name);
        if (value == null) {
            throw new SerializationException("the recipe lacks the header '" + name + "'");
        }
        return value;
    }

    private static long any(Map<String, String> headers, String name) {
        return whole(headers, name, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static long whole(Map<String, String> headers, String name, long least, long most) {
        String value = present(headers, name);
        try {
            long whole = Long.parseLong(value);
            if (whole >= least && whole <= most) {
                return whole;
            }
        } catch (NumberFormatException e) {
            // Said below, as what is out of range.
        }
        throw unfit(name, "a whole number from " + least + " to " + most, value);
    }

    private static double number(Map<String, String> headers, String name) {
        try {
            return Double.parseDouble(present(headers, name));
        } catch (NumberFormatException e) {
            throw unfit(name, "a number", present(headers, name));
        }
    }

    private static JsonNode tree(Map<String, String> headers, String name) {
        try {
            return JSON.readTree(present(headers, name));
        } catch (JsonProcessingException e) {
            throw unfit(name, "a JSON object", "something else");
        }
    }

    private static List<Float> floats(Map<String, String> headers, String name) {
        try {
            byte[] bytes = Base64.getDecoder().decode(present(headers, name));
            if (bytes.length % Float.BYTES == 0) {
                FloatBuffer floats = ByteBuffer.wrap(bytes).asFloatBuffer();
                return Stream.generate(floats::get).limit(floats.remaining()).toList();
            }
        } catch (IllegalArgumentException e) {
            // Said below, as what is of another length.
        }
        throw unfit(name, "the base64 of floats of four bytes", "something else");
    }

    private static SerializationException unfit(String name, String what, String value) {
        return new SerializationException(
                "header '" + name + "' must be " + what + ", it is '" + JsonFields.shortened(value) + "'");
    }
}
