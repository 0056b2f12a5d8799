package dev.understudy.codec;

import java.util.List;

/**
 * A field that says nothing, or less, without another one of its record, its reference. Its keys in {@link #encode} are what its
 * own key is in the light of the reference's, and what it decodes becomes a value in the light of the reference's value;
 * {@link Dependencies} brings them together.
 */
abstract sealed class DependentField extends LearnedField permits FollowerField, TwinField {
    private final String reference;

    /**
     * @param reference name of the field that it depends on
     */
    DependentField(SchemaField source, String reference, List<Part> parts) {
        super(source, parts);
        this.reference = reference;
    }

    /** Name of the field that it depends on. */
    final String reference() {
        return reference;
    }

    /**
     * Refuses a reference that it could not be decoded from.
     *
     * @throws IllegalArgumentException if so
     */
    void check(LearnedField of) {}

    /**
     * What it encodes.
     *
     * @param of key of its reference, null if that is missing
     * @param key its own, null if it is missing
     */
    abstract Object relative(Object of, Object key);

    /**
     * Its Avro value, null if it is missing.
     *
     * @param decoded by {@link #decode}
     * @param of its reference
     * @param value Avro value of its reference, null if that is missing
     */
    abstract Object value(Object decoded, SchemaField of, Object value);
}
