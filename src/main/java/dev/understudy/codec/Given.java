package dev.understudy.codec;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;

/** Values that samples must have, checked and typed by {@link RecordCodec#given}. Immutable. */
public final class Given {

    /** What is given of one field. */
    sealed interface Entry permits Value, GivenImage {

        /** Index of the field's span in the shape; -1 if it takes no part of a row. */
        int index();

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
    record Value(LearnedField field, int index, Span span, Object avro, Object key) implements Entry {
        @Override
        public void encode(UniformRandomProvider draws, float[] rows, int base) {
            field.encode(key, draws, rows, base + span.choiceOffset(), base + span.valueOffset());
        }

        /** A buffer has a position that readers move: each sample gets its own. */
        @Override
        public void overwrite(GenericRecord sample) {
            field.source().path().write(sample, avro instanceof ByteBuffer buffer ? buffer.duplicate() : avro);
        }
    }

    private final RowShape shape;
    private final List<Entry> entries;

    Given(RowShape shape, List<Entry> entries) {
        this.shape = shape;
        this.entries = List.copyOf(entries);
    }

    /** Names of the images that are given, whole or in part. */
    public List<String> images() {
        return entries.stream()
                .filter(entry ->
                        entry.index() >= 0 && shape.spans().get(entry.index()).value() instanceof Span.Image)
                .map(entry -> shape.spans().get(entry.index()).field())
                .toList();
    }

    /** Whether nothing is given. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Writes the given fields as row number {@code row} of {@code rows}, {@code [batch, width]}, and marks them by 1 in
     * {@code mask}, {@code [batch, fields]}. All channels of an image's unknown pixels are {@code NaN}. All else is left as it
     * is.
     */
    public void encode(UniformRandomProvider draws, float[] rows, float[] mask, int row) {
        for (Entry entry : entries) {
            if (entry.index() >= 0) {
                entry.encode(draws, rows, row * shape.width());
                mask[row * shape.fields() + entry.index()] = 1;
            }
        }
    }

    /** Puts the given values, exactly, into a sample; an image's unknown pixels stay as they were made. */
    public void overwrite(GenericRecord sample) {
        entries.forEach(entry -> entry.overwrite(sample));
    }
}
