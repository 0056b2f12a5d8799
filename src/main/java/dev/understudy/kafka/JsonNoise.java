package dev.understudy.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.wire.NoiseBatch;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads noise from a JSON object as {@link JsonRequests} reads requests. Who wrote it is no planner, so {@code planned} is no
 * field of it. <em>Thread safety</em>: stateless.
 */
final class JsonNoise {
    private static final JsonFields FIELDS = new JsonFields("noise");

    static {
        WireRecords.trust();
    }

    private JsonNoise() {}

    /**
     * @throws SerializationException naming the field that cannot be read and what it may be
     */
    static NoiseBatch read(byte[] bytes) {
        NoiseBatch.Builder noise =
                NoiseBatch.newBuilder().setRequest("").setModel("").setCount(0);
        FIELDS.read(bytes).forEach(field -> set(noise, field.getKey(), field.getValue()));
        if (noise.getRequest().isEmpty()) {
            // Its outcome would have no key.
            throw FIELDS.unfit("request", "there, a name of its own");
        }
        return noise.build();
    }

    private static void set(NoiseBatch.Builder noise, String field, JsonNode value) {
        switch (field) {
            case "request" -> noise.setRequest(FIELDS.text(field, value));
            case "batch" -> noise.setBatch(FIELDS.small(field, value));
            case "model" -> noise.setModel(FIELDS.text(field, value));
            case "version" -> noise.setVersion(value.isNull() ? null : FIELDS.small(field, value));
            case "seed" -> noise.setSeed(FIELDS.whole(field, value));
            case "firstIndex" -> noise.setFirstIndex(FIELDS.whole(field, value));
            case "count" -> noise.setCount(FIELDS.small(field, value));
            case "latents" -> noise.setLatents(value.isNull() ? null : FIELDS.floats(field, value));
            case "truncation" -> noise.setTruncation(value.isNull() ? null : FIELDS.number(field, value));
            case "given" -> noise.setGiven(FIELDS.given(field, value));
            case "deadline" -> noise.setDeadline(value.isNull() ? null : FIELDS.instant(field, value));
            case "priority" -> noise.setPriority(FIELDS.priority(field, value));
            case "tenant" -> noise.setTenant(FIELDS.text(field, value));
            case "from" -> noise.setFrom(value.isNull() ? null : FIELDS.whole(field, value));
            case "to" -> noise.setTo(value.isNull() ? null : FIELDS.whole(field, value));
            case "steps" -> noise.setSteps(value.isNull() ? null : FIELDS.whole(field, value));
            default -> throw FIELDS.unknown(field);
        }
    }
}
