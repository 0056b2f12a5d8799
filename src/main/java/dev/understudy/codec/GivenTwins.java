package dev.understudy.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Values that samples must have where fields are twins: one that is given gives its original, and with that all twins of it. */
final class GivenTwins {
    private final Dependencies dependencies;
    private final List<LearnedField> fields;
    private final List<Place> places;
    private final Map<Integer, Object> given;

    /** For each original that is told a field that tells it. */
    private final Map<Integer, Integer> witnesses = new TreeMap<>();

    /**
     * @param given Avro values by the index of their field, null for missing; each one that its field has seen
     * @throws UnsuitableValueException if they cannot go together
     */
    GivenTwins(Dependencies dependencies, RecordLayout layout, Map<Integer, Object> given) {
        this.dependencies = dependencies;
        this.fields = layout.fields();
        this.places = layout.places();
        this.given = given;
        for (int field : dependencies.sequence()) {
            if (given.containsKey(field)) {
                take(field);
            }
        }
    }

    private void take(int field) {
        Integer witness = witnesses.putIfAbsent(original(field), field);
        if (witness != null && !Objects.equals(told(witness), told(field))) {
            throw contradiction(witness, field);
        }
    }

    private int original(int field) {
        return fields.get(field) instanceof TwinField ? dependencies.reference(field) : field;
    }

    /** Key of the original that a given field tells. */
    private Object told(int field) {
        LearnedField learned = fields.get(field);
        Object key = learned.source().key(given.get(field));
        return learned instanceof TwinField twin ? twin.original(key) : key;
    }

    /** An original that is given itself comes first, so what contradicts is a twin. */
    private UnsuitableValueException contradiction(int witness, int field) {
        SchemaField source = fields.get(field).source();
        SchemaField other = fields.get(witness).source();
        Object due = ((TwinField) fields.get(field)).key(told(witness));
        return source.unsuitable(
                "contradictory",
                "must be " + source.quote(due) + " where '" + other.name() + "' is "
                        + other.quote(other.key(given.get(witness))) + ", as in every record that was learned; it is "
                        + source.quote(source.key(given.get(field))) + ".");
    }

    /** What is given of each field that is told. */
    List<Given.Entry> entries() {
        List<Given.Entry> entries = new ArrayList<>();
        witnesses.forEach((original, witness) -> {
            Object[] keys = keys(original, told(witness));
            for (int field = 0; field < keys.length; field++) {
                if (original(field) == original) {
                    entries.add(entry(field, keys));
                }
            }
        });
        return entries;
    }

    /** Of an original and its twins; of other fields null. */
    private Object[] keys(int original, Object key) {
        Object[] keys = new Object[fields.size()];
        keys[original] = key;
        for (int field = 0; field < keys.length; field++) {
            if (field != original && original(field) == original) {
                keys[field] = ((TwinField) fields.get(field)).key(key);
            }
        }
        return keys;
    }

    private Given.Entry entry(int field, Object[] keys) {
        LearnedField learned = fields.get(field);
        Object avro =
                given.containsKey(field) ? given.get(field) : learned.source().avro(keys[field]);
        return new Given.Value(learned, places.get(field), avro, dependencies.key(field, keys));
    }
}
