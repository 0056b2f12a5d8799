package dev.understudy.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;

/** Values that samples must have, checked and typed by {@link RecordCodec#given}. Immutable. */
public final class Given {

    /** What is given of one field, or of timestamps that follow each other. */
    sealed interface Entry permits Value, GivenImage, GivenTimes {

        /** The spans that it sets. */
        List<Span> spans();

        /** Writes it into the row that starts at {@code base}. */
        void encode(UniformRandomProvider draws, float[] rows, int base);

        /** Puts it, exactly, into a sample. */
        void overwrite(GenericRecord sample);
    }

    /**
     * A whole value.
     *
     * @param avro of the field's type, null for missing
     * @param key the same as a key
     */
    record Value(LearnedField field, Place place, Object avro, Object key) implements Entry {
        @Override
        public List<Span> spans() {
            return place.spans();
        }

        @Override
        public void encode(UniformRandomProvider draws, float[] rows, int base) {
            field.encode(key, draws, rows, base + place.choiceAt(), base + place.valueAt());
        }

        /** A buffer has a position that readers move: each sample gets its own. */
        @Override
        public void overwrite(GenericRecord sample) {
            field.source().path().write(sample, avro instanceof ByteBuffer buffer ? buffer.duplicate() : avro);
        }
    }

    private final RowShape shape;
    private final List<Entry> entries;
    private final int[] marks;

    Given(RowShape shape, List<Entry> entries) {
        this.shape = shape;
        this.entries = List.copyOf(entries);
        this.marks = entries.stream()
                .flatMap(entry -> entry.spans().stream())
                .mapToInt(shape.spans()::indexOf)
                .toArray();
    }

    /** How much is given: the bytes of names and values, as text in UTF-8 where they are not bytes already. */
    public static long bytes(Map<String, ?> values) {
        return values.entrySet().stream()
                .mapToLong(entry -> bytes(entry.getKey()) + bytes(entry.getValue()))
                .sum();
    }

    private static long bytes(Object value) {
        return value instanceof ByteBuffer buffer
                ? buffer.remaining()
                : String.valueOf(value).getBytes(StandardCharsets.UTF_8).length;
    }

    /** Names of the images that are given, whole or in part. */
    public List<String> images() {
        return entries.stream()
                .flatMap(entry -> entry.spans().stream())
                .filter(span -> span.value() instanceof Span.Image)
                .map(Span::field)
                .toList();
    }

    /** Whether nothing is given. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Writes the given fields as row number {@code row} of {@code rows}, {@code [batch, width]}, and marks all their spans by 1
     * in {@code mask}, {@code [batch, fields]}. All channels of an image's unknown pixels are {@code NaN}. All else is left as
     * it is.
     */
    public void encode(UniformRandomProvider draws, float[] rows, float[] mask, int row) {
        entries.forEach(entry -> entry.encode(draws, rows, row * shape.width()));
        for (int mark : marks) {
            mask[row * shape.fields() + mark] = 1;
        }
    }

    /** Puts the given values, exactly, into a sample; an image's unknown pixels stay as they were made. */
    public void overwrite(GenericRecord sample) {
        entries.forEach(entry -> entry.overwrite(sample));
    }
}
