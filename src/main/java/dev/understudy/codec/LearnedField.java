package dev.understudy.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** How one field lies in a row: what was learned of it, and the way there and back. Immutable. */
abstract sealed class LearnedField
        permits CategoryField, ConstantField, FollowerField, NumberField, OptionalField, TextField, TimestampField {

    /**
     * What becomes a span of a row.
     *
     * @param name of the span
     * @param frequencies share of the real records in each class of its choice; empty if it has no choice, else two or more
     * @param value its value part
     */
    record Part(String name, float[] frequencies, Span.Value value) {}

    private final SchemaField source;
    private final List<Part> parts;

    /**
     * @param parts at least one; several must be choices and scalars
     */
    LearnedField(SchemaField source, List<Part> parts) {
        this.source = source;
        this.parts = List.copyOf(parts);
    }

    /**
     * A field of one part.
     *
     * @param frequencies share of the real records in each class of its choice; empty if it has no choice, else two or more
     * @param value its value part
     */
    LearnedField(SchemaField source, float[] frequencies, Span.Value value) {
        this(source, List.of(new Part(source.name(), frequencies, value)));
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
        if (source.values() instanceof NumberType type && type.time().isPresent()) {
            return Hint.Kind.TIMESTAMP;
        }
        return value() instanceof Span.Scalar ? Hint.Kind.NUMBER : Hint.Kind.CATEGORY;
    }

    /** Its parts, one unless it is a timestamp; in a row their choices lie side by side, and so do their values. */
    final List<Part> parts() {
        return parts;
    }

    /** Share of the real records in each class of its first choice; empty if it has no choice, else two or more. */
    final float[] frequencies() {
        return parts.get(0).frequencies();
    }

    /** Its first value part. */
    final Span.Value value() {
        return parts.get(0).value();
    }

    /** Floats of the choices of all its parts. */
    final int choices() {
        return parts.stream().mapToInt(part -> part.frequencies().length).sum();
    }

    /** Floats of the values of all its parts. */
    final int width() {
        return parts.stream().mapToInt(part -> part.value().width()).sum();
    }

    /**
     * Writes its parts of a row, every float of them.
     *
     * @param key as {@link TimeOrder#key} gives it: what {@link SchemaField#read} does, unless it follows another field
     * @param choiceAt index of its first choice
     * @param valueAt index of its first value
     * @return 0 if the layout knows the value, 1 if it was replaced by the nearest thing that it knows
     */
    abstract int encode(Object key, UniformRandomProvider draws, float[] rows, int choiceAt, int valueAt);

    /** What {@link TimeOrder#value} makes the Avro value of, null if it is missing. */
    abstract Object decode(float[] rows, int choiceAt, int valueAt);

    /** The value of one class of its choice, and of a score where that has one; only if it is of one part, without images. */
    final Object decode(int chosen, float score) {
        float[] row = new float[choices() + width()];
        Choice.write(row, 0, choices(), chosen);
        Arrays.fill(row, choices(), row.length, score);
        return decode(row, 0, choices());
    }

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
