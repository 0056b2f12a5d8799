package dev.understudy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.commons.rng.UniformRandomProvider;

/** The same value in every record: it takes no part of a row, and every sample has it. */
final class ConstantField implements LearnedField {
    static final String KIND = "constant";

    private final SchemaField source;
    private final Object key;

    /**
     * @param key the value; null if it was always missing
     */
    ConstantField(SchemaField source, Object key) {
        this.source = source;
        this.key = key;
    }

    static ConstantField read(SchemaField source, JsonNode json) {
        return new ConstantField(source, LayoutJson.key(json.required("value")));
    }

    @Override
    public void describe(ObjectNode json) {
        json.put("kind", KIND);
        LayoutJson.putKey(json, "value", key);
    }

    @Override
    public SchemaField source() {
        return source;
    }

    @Override
    public float[] frequencies() {
        return new float[0];
    }

    @Override
    public Span.Value value() {
        return new Span.None();
    }

    @Override
    public boolean seenMissing() {
        return key == null;
    }

    @Override
    public int encode(Object seen, UniformRandomProvider draws, float[] rows, int choiceAt, int valueAt) {
        return java.util.Objects.equals(key, seen) ? 0 : 1;
    }

    @Override
    public Object decode(float[] rows, int choiceAt, int valueAt) {
        return key == null ? null : source.values().avro(key);
    }

    @Override
    public void admit(Object given) {
        if (!given.equals(key)) {
            String only =
                    key == null ? "missing" : Wording.quote(source.values().print(key));
            throw source.unsuitable(
                    "unseen-value",
                    "was " + only + " in every record that was learned; it cannot be "
                            + Wording.quote(source.values().print(given)) + ".");
        }
    }
}
