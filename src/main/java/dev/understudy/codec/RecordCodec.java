package dev.understudy.codec;

import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.commons.rng.UniformRandomProvider;

/** Turns records into rows and back. <em>Thread safety</em>: immutable, share freely. */
public final class RecordCodec {

    public RecordCodec(RecordLayout layout) {}

    public RecordLayout layout() {
        throw new UnsupportedOperationException();
    }

    /** Shape of the rows. */
    public RowShape shape() {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes a record as row number {@code row} of {@code rows}, {@code [batch, width]}. Numbers go through a randomised
     * probability transform, so the same record gives another row at every draw.
     *
     * @throws UnsuitableValueException if a value cannot be encoded (an image of the wrong size)
     */
    public void encode(IndexedRecord record, UniformRandomProvider draws, float[] rows, int row) {
        throw new UnsupportedOperationException();
    }

    /** Reads row number {@code row} of {@code rows}, {@code [batch, width]}, as a record that validates against the schema. */
    public GenericRecord decode(float[] rows, int row) {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads what a requester wants every sample to have.
     *
     * @param values by field name, each a null, Boolean, Number, CharSequence (parsed as the field's type) or ByteBuffer
     * @throws UnsuitableValueException naming the field, the value and what it may be
     */
    public Given given(Map<String, ?> values) {
        throw new UnsupportedOperationException();
    }
}
