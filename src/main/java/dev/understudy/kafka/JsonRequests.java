package dev.understudy.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.wire.GenerationRequest;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads a request from a JSON object, leniently: what is left out takes its default, an id left out is empty (the record's
 * key stands in), {@code given} is a plain object, a deadline is ISO-8601 or milliseconds. An unknown field is an error, so
 * that a misspelt one is not ignored in silence. <em>Thread safety</em>: stateless.
 */
final class JsonRequests {
    private static final JsonFields FIELDS = new JsonFields("request");

    static {
        WireRecords.trust();
    }

    private JsonRequests() {}

    /**
     * @throws SerializationException naming the field that cannot be read and what it may be
     */
    static GenerationRequest read(byte[] bytes) {
        GenerationRequest.Builder request =
                GenerationRequest.newBuilder().setId("").setModel("").setCount(0);
        FIELDS.read(bytes).forEach(field -> set(request, field.getKey(), field.getValue()));
        return request.build();
    }

    private static void set(GenerationRequest.Builder request, String field, JsonNode value) {
        switch (field) {
            case "id" -> request.setId(FIELDS.text(field, value));
            case "model" -> request.setModel(FIELDS.text(field, value));
            case "version" -> request.setVersion(value.isNull() ? null : FIELDS.small(field, value));
            case "count" -> request.setCount(FIELDS.whole(field, value));
            case "seed" -> request.setSeed(value.isNull() ? null : FIELDS.whole(field, value));
            case "truncation" -> request.setTruncation(value.isNull() ? null : FIELDS.number(field, value));
            case "given" -> request.setGiven(FIELDS.given(field, value));
            case "deadline" -> request.setDeadline(value.isNull() ? null : FIELDS.instant(field, value));
            case "priority" -> request.setPriority(FIELDS.priority(field, value));
            case "tenant" -> request.setTenant(FIELDS.text(field, value));
            case "from" -> request.setFrom(value.isNull() ? null : FIELDS.whole(field, value));
            case "to" -> request.setTo(value.isNull() ? null : FIELDS.whole(field, value));
            case "steps" -> request.setSteps(value.isNull() ? null : FIELDS.whole(field, value));
            default -> throw FIELDS.unknown(field);
        }
    }
}
