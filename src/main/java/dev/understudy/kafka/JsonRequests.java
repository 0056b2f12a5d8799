package dev.understudy.kafka;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.understudy.wire.GenerationRequest;
import dev.understudy.wire.Priority;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads a request from a JSON object, leniently: what is left out takes its default, an id left out is empty (the record's
 * key stands in), {@code given} is a plain object, a deadline is ISO-8601 or milliseconds. An unknown field is an error, so
 * that a misspelt one is not ignored in silence. <em>Thread safety</em>: share freely.
 */
final class JsonRequests {
    static {
        WireRecords.trust();
    }

    private final ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * @throws SerializationException naming the field that cannot be read and what it may be
     */
    GenerationRequest read(byte[] bytes) {
        GenerationRequest.Builder request =
                GenerationRequest.newBuilder().setId("").setModel("").setCount(0);
        tree(bytes).properties().forEach(field -> set(request, field.getKey(), field.getValue()));
        return request.build();
    }

    private JsonNode tree(byte[] bytes) {
        try {
            return mapper.readTree(bytes);
        } catch (IOException e) {
            // Jackson's message quotes the source: it must not travel on.
            throw new SerializationException("request starts like a JSON object, but is not one");
        }
    }

    private static void set(GenerationRequest.Builder request, String field, JsonNode value) {
        switch (field) {
            case "id" -> request.setId(text(field, value));
            case "model" -> request.setModel(text(field, value));
            case "version" -> request.setVersion(value.isNull() ? null : small(field, value));
            case "count" -> request.setCount(whole(field, value));
            case "seed" -> request.setSeed(value.isNull() ? null : whole(field, value));
            case "truncation" -> request.setTruncation(value.isNull() ? null : number(field, value));
            case "given" -> request.setGiven(given(value));
            case "deadline" -> request.setDeadline(value.isNull() ? null : instant(value));
            case "priority" -> request.setPriority(priority(value));
            case "tenant" -> request.setTenant(text(field, value));
            default -> throw new SerializationException("request has no field '" + shortened(field) + "'");
        }
    }

    private static String text(String field, JsonNode value) {
        require(value.isTextual(), field, "a string");
        return value.textValue();
    }

    private static int small(String field, JsonNode value) {
        require(
                value.isIntegralNumber() && value.canConvertToInt(),
                field,
                "a whole number of at most " + Integer.MAX_VALUE);
        return value.intValue();
    }

    private static long whole(String field, JsonNode value) {
        require(value.isIntegralNumber() && value.canConvertToLong(), field, "a whole number of at most 64 bits");
        return value.longValue();
    }

    private static double number(String field, JsonNode value) {
        require(value.isNumber(), field, "a number");
        return value.doubleValue();
    }

    private static Instant instant(JsonNode value) {
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return Instant.ofEpochMilli(value.longValue());
        }
        try {
            return Instant.parse(text("deadline", value));
        } catch (DateTimeException e) {
            throw unfit("deadline", "an instant such as 2030-01-31T12:00:00Z, or milliseconds since 1970");
        }
    }

    private static Priority priority(JsonNode value) {
        try {
            return Priority.valueOf(text("priority", value).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw unfit("priority", "NORMAL, INTERACTIVE or BULK");
        }
    }

    private static Map<String, Object> given(JsonNode value) {
        require(value.isObject(), "given", "an object of plain values");
        Map<String, Object> given = new HashMap<>();
        value.properties().forEach(field -> given.put(field.getKey(), plain(field.getKey(), field.getValue())));
        return given;
    }

    private static Object plain(String field, JsonNode value) {
        if (value.isNull()) {
            return null;
        } else if (value.isBoolean()) {
            return value.booleanValue();
        } else if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        } else if (value.isNumber()) {
            return value.doubleValue();
        }
        return text("given." + shortened(field), value);
    }

    private static void require(boolean fits, String field, String what) {
        if (!fits) {
            throw unfit(field, what);
        }
    }

    private static SerializationException unfit(String field, String what) {
        return new SerializationException("field '" + field + "' of the request must be " + what);
    }

    private static String shortened(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "...";
    }
}
