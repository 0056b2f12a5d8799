package dev.understudy.codec;

/** Values that requesters give, typed and checked. */
final class GivenValues {
    private GivenValues() {}

    /**
     * The Avro value that a requester means.
     *
     * @throws UnsuitableValueException if it is of the wrong type, or no sample can have it
     */
    static Object read(LearnedField field, Object value) {
        SchemaField source = field.source();
        if (value == null) {
            return missing(field);
        }
        Object avro = parse(source, value);
        field.admit(source.values().key(avro));
        return avro;
    }

    private static Object missing(LearnedField field) {
        if (!field.source().optional()) {
            throw field.source()
                    .unsuitable(
                            "wrong-type",
                            "must be " + expected(field.source()) + "; it is null, and the field is not optional.");
        }
        if (!field.seenMissing()) {
            throw field.source()
                    .unsuitable(
                            "unseen-value", "was null in no record that was learned; it cannot be given as" + " null.");
        }
        return null;
    }

    private static String expected(SchemaField source) {
        return source.values() == null ? "an image" : source.values().expected();
    }

    private static Object parse(SchemaField source, Object value) {
        try {
            return source.values().parse(value);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw source.unsuitable(
                    "wrong-type", "must be " + source.values().expected() + "; it is " + Wording.quote(value) + ".");
        }
    }
}
