package dev.understudy.learning.train;

import dev.understudy.codec.RecordCodec;
import dev.understudy.codec.RowShape;
import dev.understudy.codec.UnsuitableValueException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.commons.rng.UniformRandomProvider;

/** Turns remembered bytes into rows. <em>Thread safety</em>: one owner. */
public final class RecordRows {
    private final RecordCodec codec;
    private final GenericDatumReader<GenericRecord> reader;
    private BinaryDecoder decoder;
    private GenericRecord reused;

    public RecordRows(RecordCodec codec) {
        this.codec = codec;
        Schema schema = codec.layout().schema();
        this.reader = new GenericDatumReader<>(schema);
    }

    /** Shape of the rows. */
    public RowShape shape() {
        return codec.shape();
    }

    /**
     * Encodes records given as Avro binary, with randomised numbers.
     *
     * @return {@code [records.size(), shape().width()]}
     */
    public float[] encode(List<byte[]> records, UniformRandomProvider draws) {
        float[] rows = new float[records.size() * shape().width()];
        for (int row = 0; row < records.size(); row++) {
            codec.encode(read(records.get(row)), draws, rows, row);
        }
        return rows;
    }

    /**
     * Encodes one record.
     *
     * @param unknown told the name of each field whose value the layout does not know
     * @return {@code [1, shape().width()]}
     * @throws UnsuitableValueException if a value cannot be encoded
     */
    public float[] encode(GenericRecord record, UniformRandomProvider draws, Consumer<String> unknown) {
        float[] row = new float[shape().width()];
        codec.encode(record, draws, row, 0, unknown);
        return row;
    }

    private GenericRecord read(byte[] bytes) {
        try {
            decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
            reused = reader.read(reused, decoder);
            return reused;
        } catch (IOException e) {
            throw new UncheckedIOException("a remembered record of " + bytes.length + " bytes cannot be read back", e);
        }
    }
}
