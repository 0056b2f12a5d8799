package dev.understudy.kafka;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.understudy.wire.Priority;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads the fields of a JSON object, and says of what cannot be read which field it is and what it may be, never what is in it.
 * <em>Thread safety</em>: share freely.
 *
 * @param of what the object is, for messages
 */
record JsonFields(String of) {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The fields of an object, in its order. */
    Set<Map.Entry<String, JsonNode>> read(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes).properties();
        } catch (IOException e) {
            // Jackson's message quotes the source: it must not travel on.
            throw new SerializationException(of + " starts like a JSON object, but is not one");
        }
    }

    String text(String field, JsonNode value) {
        require(value.isTextual(), field, "a string");
        return value.textValue();
    }

    int small(String field, JsonNode value) {
        require(
                value.isIntegralNumber() && value.canConvertToInt(),
                field,
                "a whole number of at most " + Integer.MAX_VALUE);
        return value.intValue();
    }

    long whole(String field, JsonNode value) {
        require(value.isIntegralNumber() && value.canConvertToLong(), field, "a whole number of at most 64 bits");
        return value.longValue();
    }

    double number(String field, JsonNode value) {
        require(value.isNumber(), field, "a number");
        return value.doubleValue();
    }

    /** ISO-8601, or milliseconds. */
    Instant instant(String field, JsonNode value) {
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return Instant.ofEpochMilli(value.longValue());
        }
        try {
            return Instant.parse(text(field, value));
        } catch (DateTimeException e) {
            throw unfit(field, "an instant such as 2030-01-31T12:00:00Z, or milliseconds since 1970");
        }
    }

    Priority priority(String field, JsonNode value) {
        try {
            return Priority.valueOf(text(field, value).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw unfit(field, "NORMAL, INTERACTIVE or BULK");
        }
    }

    List<Float> floats(String field, JsonNode value) {
        require(value.isArray(), field, "an array of numbers");
        List<Float> floats = new ArrayList<>(value.size());
        value.forEach(each -> {
            require(each.isNumber(), field, "an array of numbers");
            floats.add(each.floatValue());
        });
        return floats;
    }

    /** What is given, a plain object. */
    Map<String, Object> given(String field, JsonNode value) {
        require(value.isObject(), field, "an object of plain values");
        Map<String, Object> given = new HashMap<>();
        value.properties().forEach(each -> given.put(each.getKey(), plain(field, each.getKey(), each.getValue())));
        return given;
    }

    private Object plain(String given, String field, JsonNode value) {
        if (value.isNull()) {
            return null;
        } else if (value.isBoolean()) {
            return value.booleanValue();
        } else if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        } else if (value.isNumber()) {
            return value.doubleValue();
        }
        return text(given + "." + shortened(field), value);
    }

    private void require(boolean fits, String field, String what) {
        if (!fits) {
            throw unfit(field, what);
        }
    }

    SerializationException unfit(String field, String what) {
        return new SerializationException("field '" + field + "' of the " + of + " must be " + what);
    }

    SerializationException unknown(String field) {
        return new SerializationException(of + " has no field '" + shortened(field) + "'");
    }

    static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }
}
