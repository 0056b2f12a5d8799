package dev.understudy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;

/** The same value in every record: it takes no part of a row, and every sample has it. */
final class ConstantField extends LearnedField {
    static final String KIND = "constant";

    private final Object key;

    /**
     * @param key the value; null if it was always missing
     */
    ConstantField(SchemaField source, Object key) {
        super(source, new float[0], new Span.None());
        this.key = key;
    }

    static ConstantField read(SchemaField source, JsonNode json) {
        return new ConstantField(source, LayoutJson.key(json.required("value")));
    }

    @Override
    void describe(ObjectNode json) {
        json.put("kind", KIND);
        LayoutJson.putKey(json, "value", key);
    }

    @Override
    List<Meaning> meanings() {
        return List.of();
    }

    @Override
    List<Object> landmarks() {
        return Collections.singletonList(key);
    }

    @Override
    boolean seenMissing() {
        return key == null;
    }

    @Override
    int encode(Object seen, UniformRandomProvider draws, float[] rows, int choiceAt, int valueAt) {
        return Objects.equals(key, seen) ? 0 : 1;
    }

    @Override
    Object decode(float[] rows, int choiceAt, int valueAt) {
        return source().avro(key);
    }

    /** Not if it is an image or the like that was always missing. */
    @Override
    boolean givable() {
        return source().values() != null;
    }

    @Override
    void admit(Object given) {
        if (!given.equals(key)) {
            throw source().unsuitable(
                            "unseen-value",
                            "was " + source().quote(key) + " in every record that was learned; it cannot be "
                                    + source().quote(given) + ".");
        }
    }
}
