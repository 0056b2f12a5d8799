package dev.understudy.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;

/** How one field lies in a row: what was learned of it, and the way there and back. Immutable. */
abstract sealed class LearnedField
        permits CategoryField, ConstantField, DependentField, NumberField, OptionalField, TextField, TimestampField {

    /**
     * What becomes a span of a row.
     *
     * @param name of the span
     * @param frequencies share of the real records in each class of its choice; empty if it has no choice, else two or more
     * @param value its value part
     * @param sample how many numbers its scalar was learned from; 0 if it has none
     */
    record Part(String name, float[] frequencies, Span.Value value, long sample) {}

    /**
     * What a float of a row says: floats of two layouts of a field that are equal in this say the same.
     *
     * @param kind of thing that it says
     * @param of what it says it
     */
    record Meaning(Object kind, Object of) {
        /** That the value is this one; null is missing. */
        static Meaning value(Object key) {
            return new Meaning("value", key);
        }

        /** That the value is there, but none of those that have a class. */
        static Meaning rest() {
            return new Meaning("rest", null);
        }
    }

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
        this(source, List.of(new Part(source.name(), frequencies, value, 0)));
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
     * @param key as {@link Dependencies#key} gives it: what {@link SchemaField#read} does, unless it depends on another field
     * @param choiceAt index of its first choice
     * @param valueAt index of its first value
     * @return 0 if the layout knows the value, 1 if it was replaced by the nearest thing that it knows
     */
    abstract int encode(Object key, UniformRandomProvider draws, float[] rows, int choiceAt, int valueAt);

    /** What {@link Dependencies#value} makes the Avro value of, null if it is missing. */
    abstract Object decode(float[] rows, int choiceAt, int valueAt);

    /** The value of one class of its choice, and of a score where that has one; only if it is of one part, without images. */
    final Object decode(int chosen, float score) {
        float[] row = new float[choices() + width()];
        Choice.write(row, 0, choices(), chosen);
        Arrays.fill(row, choices(), row.length, score);
        return decode(row, 0, choices());
    }

    /** What each of its floats says, first those of its choices. */
    abstract List<Meaning> meanings();

    /** Keys that the field's next form is to know as well, whether or not it is learned from records that have them. */
    List<Object> landmarks() {
        return seenMissing() ? Collections.singletonList(null) : List.of();
    }

    /** Whether it lays out what a former form of the field does not: another value, symbol or length, or numbers otherwise. */
    final boolean isNewsTo(LearnedField former) {
        boolean scaled = parts.stream()
                .anyMatch(part -> !(part.value() instanceof Span.None || part.value() instanceof Span.Text));
        return !parts.stream()
                        .allMatch(
                                part -> part.frequencies().length + part.value().width() == 0)
                && (scaled || !Set.copyOf(former.meanings()).containsAll(meanings()));
    }

    /** Share of records as those that it was learned from whose values it may not know, because it folds them together. */
    double strangers() {
        return 0;
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
