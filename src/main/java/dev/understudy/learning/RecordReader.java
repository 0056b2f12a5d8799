package dev.understudy.learning;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads what lies on a real topic as records of one definition. A record written with another schema is taken if Avro can
 * resolve it to the definition's. <em>Thread safety</em>: one owner.
 */
final class RecordReader {
    /** The header that every sample carries. */
    static final String PROVENANCE = "understudy-version";

    private final Deserializer<GenericRecord> deserializer;
    private final Schema schema;
    private Schema lastWriter;
    private boolean lastResolves;

    RecordReader(Deserializer<GenericRecord> deserializer, Schema schema) {
        this.deserializer = deserializer;
        this.schema = schema;
    }

    /** What was found. */
    sealed interface Found {}

    /** A record in the definition's schema, and the same as Avro binary. */
    record Real(GenericRecord record, byte[] bytes) implements Found {}

    /** Nothing to learn from, and nothing wrong: a model's own sample, or a tombstone. */
    record PassedOver() implements Found {}

    /**
     * A fault of the record.
     *
     * @param code stable, lower case with hyphens
     * @param reason one sentence, without contents
     */
    record Unreadable(String code, String reason) implements Found {}

    Found read(ConsumerRecord<byte[], byte[]> source) {
        if (source.value() == null || source.headers().lastHeader(PROVENANCE) != null) {
            return new PassedOver();
        }
        try {
            return conform(deserializer.deserialize(source.topic(), source.headers(), source.value()));
        } catch (SerializationException e) {
            return new Unreadable("unreadable-record", e.getMessage());
        }
    }

    private Found conform(GenericRecord written) {
        if (!resolves(written.getSchema())) {
            return new Unreadable(
                    "schema-mismatch",
                    "a record of schema " + written.getSchema().getFullName()
                            + " cannot be read with the definition's schema " + schema.getFullName());
        }
        try {
            byte[] bytes = binary(written);
            GenericRecord record = read(bytes, written.getSchema());
            return new Real(record, written.getSchema().equals(schema) ? bytes : binary(record));
        } catch (AvroRuntimeException | IOException e) {
            return new Unreadable("schema-mismatch", "a record does not fit the definition's schema");
        }
    }

    private boolean resolves(Schema writer) {
        if (!writer.equals(lastWriter)) {
            lastWriter = writer;
            lastResolves = SchemaCompatibility.checkReaderWriterCompatibility(schema, writer)
                            .getType()
                    == SchemaCompatibilityType.COMPATIBLE;
        }
        return lastResolves;
    }

    private GenericRecord read(byte[] bytes, Schema writer) throws IOException {
        return new GenericDatumReader<GenericRecord>(writer, schema)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }

    private static byte[] binary(GenericRecord record) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }
}
