package dev.understudy.api.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Avro object container files. */
public final class AvroFileRecords {
    private static final int SYNC_BYTES = 16;
    private static final int DEFLATE_LEVEL = 3;

    private AvroFileRecords() {}

    /**
     * Reads records of the file's own schema.
     *
     * @throws UnreadableFileException if it is no such file, or its schema is no record
     */
    public static RecordReader reader(InputStream in) throws IOException {
        return open(in, new GenericDatumReader<>());
    }

    /**
     * Reads records of a schema, resolved from the file's own.
     *
     * @throws UnreadableFileException if it is no such file
     */
    public static RecordReader reader(InputStream in, Schema schema) throws IOException {
        return open(in, new GenericDatumReader<>(null, schema));
    }

    private static RecordReader open(InputStream in, GenericDatumReader<GenericRecord> records) throws IOException {
        try {
            DataFileStream<GenericRecord> file = new DataFileStream<>(in, records);
            Schema schema = records.getExpected();
            if (schema.getType() != Schema.Type.RECORD) {
                throw new UnreadableFileException(
                        "not-records",
                        "The file holds " + schema.getType().getName() + " values; only files of records can be read.");
            }
            return new Reader(file, schema);
        } catch (UnreadableFileException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new UnreadableFileException("not-avro", "The file is no Avro object container file.", e);
        }
    }

    /** Writes records, deflated. The marker between blocks follows from the schema, so the same records give the same bytes. */
    public static RecordWriter writer(OutputStream out, Schema schema) throws IOException {
        DataFileWriter<GenericRecord> file = new DataFileWriter<>(new GenericDatumWriter<>(schema));
        file.setCodec(CodecFactory.deflateCodec(DEFLATE_LEVEL));
        file.create(schema, out, marker(schema));
        return new Writer(file);
    }

    private static byte[] marker(Schema schema) {
        try {
            byte[] form = SchemaNormalization.toParsingForm(schema).getBytes(StandardCharsets.UTF_8);
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(form), SYNC_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static final class Reader implements RecordReader {
        private final DataFileStream<GenericRecord> file;
        private final Schema schema;
        private long row;

        Reader(DataFileStream<GenericRecord> file, Schema schema) {
            this.file = file;
            this.schema = schema;
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public RowResult next() throws IOException {
            try {
                if (!file.hasNext()) {
                    return new RowResult.End();
                }
                GenericRecord record = file.next();
                row++;
                return new RowResult.Taken(row, record);
            } catch (RuntimeException e) {
                throw new UnreadableFileException(
                        "broken-avro",
                        "After record " + row + " the file is broken, or does not fit" + " the model's schema.",
                        e);
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private record Writer(DataFileWriter<GenericRecord> file) implements RecordWriter {
        @Override
        public void write(GenericRecord record) throws IOException {
            file.append(record);
        }

        @Override
        public void flush() throws IOException {
            file.flush();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
