package dev.understudy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The same thing as another field, its original, under another name, as a country's code is: each value of one goes with one of
 * the other and with none else. It takes no part of a row, and is whatever goes with its original. Its keys in {@link #encode}
 * are whether a record's values of both go together.
 */
final class TwinField extends DependentField {
    static final String KIND = "twin";

    private final Map<Object, Object> values;
    private final Map<Object, Object> originals = new HashMap<>();

    /**
     * @param original name of a category
     * @param values own keys, each once, by the keys of the original; null for missing
     */
    TwinField(SchemaField source, String original, Map<Object, Object> values) {
        super(source, original, List.of(new Part(source.name(), new float[0], new Span.None(), 0)));
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        values.forEach((key, value) -> originals.put(value, key));
    }

    /**
     * A twin of a category.
     *
     * @param values own keys by those of the original, of each of its classes and perhaps others
     */
    static TwinField of(SchemaField source, CategoryField original, Map<Object, Object> values) {
        Map<Object, Object> known = new LinkedHashMap<>();
        original.classes().forEach(key -> known.put(key, values.get(key)));
        return new TwinField(source, original.source().name(), known);
    }

    static TwinField read(SchemaField source, JsonNode json) {
        JsonNode keys = json.required("keys");
        JsonNode own = json.required("values");
        Map<Object, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            values.put(LayoutJson.key(keys.get(i)), LayoutJson.key(own.required(i)));
        }
        return new TwinField(source, json.required("reference").asText(), values);
    }

    @Override
    void describe(ObjectNode json) {
        json.put("kind", KIND).put("reference", reference());
        ArrayNode keys = json.putArray("keys");
        ArrayNode own = json.putArray("values");
        values.forEach((key, value) -> {
            LayoutJson.addKey(keys, key);
            LayoutJson.addKey(own, value);
        });
    }

    /** What goes with a key of its original. */
    Object key(Object original) {
        return values.get(original);
    }

    /** Key of its original that goes with one of its own. */
    Object original(Object key) {
        return originals.get(key);
    }

    /**
     * The twin as it is after more has been seen: the very same if its original has no other classes than before.
     *
     * @param seen own keys by those of the original, each once
     * @param original as it is now
     * @return empty if what was seen contradicts the twin, or does not say what goes with some class
     */
    Optional<TwinField> with(Map<Object, Object> seen, CategoryField original) {
        Map<Object, Object> all = new LinkedHashMap<>(values);
        all.putAll(seen);
        boolean holds = all.entrySet().containsAll(values.entrySet())
                && new HashSet<>(all.values()).size() == all.size()
                && all.keySet().containsAll(original.classes());
        Optional<TwinField> now = holds ? Optional.of(of(source(), original, all)) : Optional.empty();
        return now.map(twin -> twin.values.equals(values) ? this : twin);
    }

    /** What it would be by itself: the classes of its original under its own names. */
    CategoryField alone(CategoryField original) {
        List<Object> classes = new ArrayList<>();
        original.classes().forEach(key -> classes.add(values.get(key)));
        return new CategoryField(source(), classes, original.frequencies(), false);
    }

    @Override
    void check(LearnedField of) {
        if (!(of instanceof CategoryField category && values.keySet().containsAll(category.classes()))) {
            throw new IllegalArgumentException("A layout whose field '" + source().name() + "' is a twin of '"
                    + reference() + "', which has other values");
        }
    }

    @Override
    Object relative(Object of, Object key) {
        return values.containsKey(of) && Objects.equals(values.get(of), key);
    }

    @Override
    int encode(Object key, UniformRandomProvider draws, float[] rows, int choiceAt, int valueAt) {
        return (Boolean) key ? 0 : 1;
    }

    @Override
    Object decode(float[] rows, int choiceAt, int valueAt) {
        return null;
    }

    @Override
    Object value(Object decoded, SchemaField of, Object value) {
        return source().avro(values.get(of.key(value)));
    }

    @Override
    List<Meaning> meanings() {
        return List.of();
    }

    @Override
    boolean seenMissing() {
        return originals.containsKey(null);
    }

    @Override
    void admit(Object key) {
        if (!originals.containsKey(key)) {
            throw source().unseen(key, values.values());
        }
    }
}
