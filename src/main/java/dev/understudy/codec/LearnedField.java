package dev.understudy.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.commons.rng.UniformRandomProvider;

/** How one field lies in a row: what was learned of it, and the way there and back. Immutable. */
sealed interface LearnedField permits CategoryField, ConstantField, ImageField, NumberField {

    SchemaField source();

    /** Share of the real records in each class of its choice; empty if it has no choice, else two or more. */
    float[] frequencies();

    /** Its value part. */
    Span.Value value();

    /**
     * Writes its part of a row, every float of it.
     *
     * @param key as {@link SchemaField#read} gives it
     * @return 0 if the layout knows the value, 1 if it was replaced by the nearest thing that it knows
     */
    int encode(Object key, UniformRandomProvider draws, float[] rows, int choiceAt, int valueAt);

    /** The Avro value in a row, null if it is missing. */
    Object decode(float[] rows, int choiceAt, int valueAt);

    /**
     * Checks a value that a requester gives.
     *
     * @param key as {@link SchemaField#read} gives it, not null
     * @throws UnsuitableValueException if it was never seen, or no sample can have it
     */
    void admit(Object key);

    /** Whether some real record lacked it. */
    boolean seenMissing();

    /** Writes what {@link LayoutJson} reads. */
    void describe(ObjectNode json);
}
