package dev.understudy.codec;

import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;

/** Values that samples must have, checked and typed by {@link RecordCodec#given}. Immutable. */
public final class Given {

    /** Whether nothing is given. */
    public boolean isEmpty() {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes the given fields as row number {@code row} of {@code rows}, {@code [batch, width]}, and marks them by 1 in
     * {@code mask}, {@code [batch, fields]}.
     */
    public void encode(UniformRandomProvider draws, float[] rows, float[] mask, int row) {
        throw new UnsupportedOperationException();
    }

    /** Puts the given values, exactly, into a sample. */
    public void overwrite(GenericRecord sample) {
        throw new UnsupportedOperationException();
    }
}
