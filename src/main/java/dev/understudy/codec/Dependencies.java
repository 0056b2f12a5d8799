package dev.understudy.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which fields of a record are told by which others: makes what fields encode of keys, and Avro values of what they decode.
 * Immutable.
 */
final class Dependencies {
    private static final int NONE = -1;

    private final List<LearnedField> fields;
    private final int[] references;
    private final int[] sequence;

    /**
     * @throws IllegalArgumentException if a field depends on one that is not there or does not suit it, or on itself
     */
    Dependencies(List<LearnedField> fields) {
        this.fields = fields;
        Map<String, Integer> indices = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            indices.put(fields.get(i).source().name(), i);
        }
        this.references =
                fields.stream().mapToInt(field -> reference(field, indices)).toArray();
        this.sequence = sequence(references);
    }

    private int reference(LearnedField field, Map<String, Integer> indices) {
        if (!(field instanceof DependentField dependent)) {
            return NONE;
        }
        Integer index = indices.get(dependent.reference());
        if (index == null) {
            throw new IllegalArgumentException("A layout whose field '"
                    + field.source().name() + "' depends on '" + dependent.reference() + "', which it lacks");
        }
        dependent.check(fields.get(index));
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
            throw new IllegalArgumentException("A layout whose fields depend on each other in a circle");
        }
        return sequence.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Indices of all fields, each after its reference. */
    int[] sequence() {
        return sequence;
    }

    /** Whether a field is a timestamp that follows another. */
    boolean follows(int field) {
        return fields.get(field) instanceof FollowerField;
    }

    /** Index of the field that another depends on. */
    int reference(int field) {
        return references[field];
    }

    FollowerField follower(int field) {
        return (FollowerField) fields.get(field);
    }

    /** Whether a field is one of a kind, or has one that depends on it. */
    boolean concerns(int field, Class<? extends DependentField> kind) {
        return IntStream.range(0, references.length)
                .anyMatch(i -> kind.isInstance(fields.get(i)) && (i == field || references[i] == field));
    }

    /** What a field encodes of the keys of a record: its own, or what that is in the light of its reference's. */
    Object key(int field, Object[] keys) {
        return fields.get(field) instanceof DependentField dependent
                ? dependent.relative(keys[references[field]], keys[field])
                : keys[field];
    }

    /**
     * The Avro value of what a field decoded.
     *
     * @param values Avro values of all fields, that of its reference among them
     */
    Object value(int field, Object decoded, Object[] values) {
        if (!(fields.get(field) instanceof DependentField dependent)) {
            return decoded;
        }
        int reference = references[field];
        return dependent.value(decoded, fields.get(reference).source(), values[reference]);
    }
}
