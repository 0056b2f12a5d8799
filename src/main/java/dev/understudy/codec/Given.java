package dev.understudy.codec;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;

/** Values that samples must have, checked and typed by {@link RecordCodec#given}. Immutable. */
public final class Given {

    /**
     * One value.
     *
     * @param index of the field's span in the shape; -1 if it takes no part of a row
     * @param avro of the field's type, null for missing
     * @param key the same as a key
     */
    record Entry(LearnedField field, int index, Span span, Object avro, Object key) {}

    private final RowShape shape;
    private final List<Entry> entries;

    Given(RowShape shape, List<Entry> entries) {
        this.shape = shape;
        this.entries = List.copyOf(entries);
    }

    /** Whether nothing is given. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Writes the given fields as row number {@code row} of {@code rows}, {@code [batch, width]}, and marks them by 1 in
     * {@code mask}, {@code [batch, fields]}. All else is left as it is.
     */
    public void encode(UniformRandomProvider draws, float[] rows, float[] mask, int row) {
        int base = row * shape.width();
        for (Entry entry : entries) {
            if (entry.index() >= 0) {
                Span span = entry.span();
                entry.field().encode(entry.key(), draws, rows, base + span.choiceOffset(), base + span.valueOffset());
                mask[row * shape.fields() + entry.index()] = 1;
            }
        }
    }

    /** Puts the given values, exactly, into a sample. */
    public void overwrite(GenericRecord sample) {
        for (Entry entry : entries) {
            entry.field().source().path().write(sample, own(entry.avro()));
        }
    }

    /** A buffer has a position that readers move: each sample gets its own. */
    private static Object own(Object avro) {
        return avro instanceof ByteBuffer buffer ? buffer.duplicate() : avro;
    }
}
