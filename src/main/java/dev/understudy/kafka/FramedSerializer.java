package dev.understudy.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes records that follow each other on a topic under the very same schema with the frame that the library gave to the first of
 * them: it looks the id up, and takes a fingerprint of the schema, for each. <em>Thread safety</em>: share freely.
 */
final class FramedSerializer implements Serializer<Object> {
    /** A zero byte and the schema's id. */
    private static final int FRAME = 5;

    private final Serializer<Object> library;
    private volatile Known known;

    FramedSerializer(Serializer<Object> library) {
        this.library = library;
    }

    /**
     * What the last record has in common with others.
     *
     * @param size of the record, a guess at the next one's
     */
    private record Known(
            String topic, Schema schema, byte[] frame, GenericDatumWriter<GenericRecord> writer, int size) {}

    /**
     * @param value a {@link GenericRecord}
     */
    @Override
    @SuppressWarnings("ReferenceEquality") // comparing schemas by content costs more than is saved
    public byte[] serialize(String topic, Object value) {
        GenericRecord record = (GenericRecord) value;
        Known last = known;
        if (last != null && last.schema() == record.getSchema() && last.topic().equals(topic)) {
            return framed(last, record);
        }
        byte[] bytes = library.serialize(topic, record);
        var writer = new GenericDatumWriter<GenericRecord>(record.getSchema());
        known = new Known(topic, record.getSchema(), Arrays.copyOf(bytes, FRAME), writer, bytes.length);
        return bytes;
    }

    private static byte[] framed(Known known, GenericRecord value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(known.size() + known.size() / 8);
        bytes.writeBytes(known.frame());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            known.writer().write(value, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written but to memory", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        library.close();
    }
}
