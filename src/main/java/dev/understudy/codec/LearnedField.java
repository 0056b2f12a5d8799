package dev.understudy.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.commons.rng.UniformRandomProvider;

/** How one field lies in a row: what was learned of it, and the way there and back. Immutable. */
abstract sealed class LearnedField permits CategoryField, ConstantField, NumberField, OptionalField, TextField {
    private final SchemaField source;
    private final float[] frequencies;
    private final Span.Value value;

    /**
     * @param frequencies share of the real records in each class of its choice; empty if it has no choice, else two or more
     * @param value its value part
     */
    LearnedField(SchemaField source, float[] frequencies, Span.Value value) {
        this.source = source;
        this.frequencies = frequencies;
        this.value = value;
    }

    final SchemaField source() {
        return source;
    }

    /** The hint, with the kind that was chosen if it left that open. */
    final Hint learnedAs() {
        Hint hint = source.hint();
        return hint.kind() == Hint.Kind.AUTO ? new Hint(chosen(), hint.shape(), hint.frame()) : hint;
    }

    private Hint.Kind chosen() {
        if (source.values() instanceof NumberType type && type.temporal()) {
            return Hint.Kind.TIMESTAMP;
        }
        return value instanceof Span.Scalar ? Hint.Kind.NUMBER : Hint.Kind.CATEGORY;
    }

    /** Share of the real records in each class of its choice; empty if it has no choice, else two or more. */
    final float[] frequencies() {
        return frequencies;
    }

    /** Its value part. */
    final Span.Value value() {
        return value;
    }

    /**
     * Writes its part of a row, every float of it.
     *
     * @param key as {@link SchemaField#read} gives it
     * @return 0 if the layout knows the value, 1 if it was replaced by the nearest thing that it knows
     */
    abstract int encode(Object key, UniformRandomProvider draws, float[] rows, int choiceAt, int valueAt);

    /** The Avro value in a row, null if it is missing. */
    abstract Object decode(float[] rows, int choiceAt, int valueAt);

    /** Whether requesters may say what samples have here. */
    boolean givable() {
        return true;
    }

    /**
     * Checks a value that a requester gives, if the field is {@link #givable}.
     *
     * @param key as {@link SchemaField#read} gives it, not null
     * @throws UnsuitableValueException if it was never seen, or no sample can have it
     */
    void admit(Object key) {}

    /** Whether some real record lacked it. */
    abstract boolean seenMissing();

    /** Writes what {@link LayoutJson} reads. */
    abstract void describe(ObjectNode json);
}
