package dev.understudy.codec;

/**
 * How the values of one Avro type are read, written and parsed. A <em>key</em> stands for a value in statistics, in the saved
 * layout and in lookups: a String, a Boolean or a Double.
 */
sealed interface ValueType permits CategoryType, NumberType {

    /**
     * The key of an Avro value that is not null.
     *
     * @throws ClassCastException if it is not of this type
     */
    Object key(Object avro);

    /** The Avro value of a key; the caller owns it. */
    Object avro(Object key);

    /**
     * The Avro value that a requester means.
     *
     * @param given a Boolean, Number, CharSequence or ByteBuffer
     * @throws IllegalArgumentException if it is not of this type
     */
    Object parse(Object given);

    /** A key as a person writes it. */
    String print(Object key);

    /** What {@link #parse} takes, as in "must be ...". */
    String expected();
}
