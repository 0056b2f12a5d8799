package dev.understudy.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which timestamps of a record follow which: makes distances of timestamps, and timestamps of distances. Immutable. */
final class TimeOrder {
    private static final int NONE = -1;

    private final List<LearnedField> fields;
    private final int[] references;
    private final int[] sequence;

    /**
     * @throws IllegalArgumentException if a field follows one that is not there, or itself
     */
    TimeOrder(List<LearnedField> fields) {
        this.fields = fields;
        Map<String, Integer> indices = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            indices.put(fields.get(i).source().name(), i);
        }
        this.references =
                fields.stream().mapToInt(field -> reference(field, indices)).toArray();
        this.sequence = sequence(references);
    }

    private static int reference(LearnedField field, Map<String, Integer> indices) {
        if (!(field instanceof FollowerField follower)) {
            return NONE;
        }
        Integer index = indices.get(follower.reference());
        if (index == null) {
            throw new IllegalArgumentException("A layout whose field '"
                    + field.source().name() + "' follows '" + follower.reference() + "', which it lacks");
        }
        return index;
    }

    private static int[] sequence(int[] references) {
        List<Integer> sequence = new ArrayList<>();
        for (int found = NONE; found < sequence.size() && sequence.size() < references.length; ) {
            found = sequence.size();
            for (int i = 0; i < references.length; i++) {
                boolean ready = references[i] == NONE || sequence.contains(references[i]);
                if (ready && !sequence.contains(i)) {
                    sequence.add(i);
                }
            }
        }
        if (sequence.size() < references.length) {
            throw new IllegalArgumentException("A layout whose fields follow each other in a circle");
        }
        return sequence.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Indices of all fields, each after its reference. */
    int[] sequence() {
        return sequence;
    }

    /** Whether a field follows another. */
    boolean follows(int field) {
        return references[field] != NONE;
    }

    /** Index of the field that another follows. */
    int reference(int field) {
        return references[field];
    }

    FollowerField follower(int field) {
        return (FollowerField) fields.get(field);
    }

    /** Whether a field follows another or is followed. */
    boolean concerns(int field) {
        return follows(field) || Arrays.stream(references).anyMatch(reference -> reference == field);
    }

    /** What a field encodes of the keys of a record: its own, or its distance from its reference. */
    Object key(int field, Object[] keys) {
        return keys[field] == null || !follows(field)
                ? keys[field]
                : (Object) distance(keys[references[field]], keys[field]);
    }

    /** Time from one timestamp that may be missing to another, not a number if it is. */
    static double distance(Object reference, Object key) {
        return reference == null ? Double.NaN : (Double) key - (Double) reference;
    }

    /**
     * The Avro value of what a field decoded.
     *
     * @param values Avro values of all fields, that of its reference among them
     */
    Object value(int field, Object decoded, Object[] values) {
        if (decoded == null || !follows(field)) {
            return decoded;
        }
        Number reference = (Number) values[references[field]];
        return reference == null ? null : avro(field, (double) (reference.longValue() + (Long) decoded));
    }

    Object avro(int field, double key) {
        return fields.get(field).source().values().avro(key);
    }
}
