package dev.understudy.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/** A field whose value is one block of floats. If some records lacked it, its choice is missing or present. */
abstract sealed class OptionalField extends LearnedField permits PictureField, SeriesField {

    /**
     * @param frequencies of missing and present; empty if it was never missing
     */
    OptionalField(SchemaField source, float[] frequencies, Span.Value value) {
        super(source, frequencies, value);
    }

    /** Shares of missing and present; empty if it was never missing. */
    static float[] frequencies(long missing, long present) {
        return missing == 0 ? new float[0] : Choice.shares(new long[] {missing, present});
    }

    @Override
    final List<Meaning> meanings() {
        List<Meaning> meanings = new ArrayList<>();
        if (seenMissing()) {
            meanings.add(Meaning.value(null));
            meanings.add(Meaning.rest());
        }
        IntStream.range(0, value().width()).forEach(i -> meanings.add(new Meaning("place", place(i))));
        return meanings;
    }

    /** Which of the numbers of a record a float of the block stands for. */
    int place(int index) {
        return index;
    }

    @Override
    final boolean seenMissing() {
        return frequencies().length > 0;
    }

    @Override
    final int encode(Object key, UniformRandomProvider draws, float[] rows, int choiceAt, int valueAt) {
        Choice.write(rows, choiceAt, frequencies().length, key == null ? 0 : 1);
        if (key == null) {
            Arrays.fill(rows, valueAt, valueAt + value().width(), 0);
            return seenMissing() ? 0 : 1;
        }
        return write(key, rows, valueAt);
    }

    @Override
    final Object decode(float[] rows, int choiceAt, int valueAt) {
        return missing(rows, choiceAt) ? null : read(rows, valueAt);
    }

    /** Whether it is missing in the row whose choice begins there. */
    final boolean missing(float[] rows, int choiceAt) {
        return seenMissing() && Choice.read(rows, choiceAt, 2) == 0;
    }

    /** Writes a value from index {@code at} on; returns what {@link #encode} does. */
    abstract int write(Object avro, float[] rows, int at);

    /** Reads the value at index {@code at}; the caller owns it. */
    abstract Object read(float[] rows, int at);
}
