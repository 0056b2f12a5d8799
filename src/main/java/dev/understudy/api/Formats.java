package dev.understudy.api;

import dev.understudy.api.format.AvroFileRecords;
import dev.understudy.api.format.CsvRecords;
import dev.understudy.api.format.NdjsonRecords;
import dev.understudy.api.format.RecordReader;
import dev.understudy.api.format.RecordWriter;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.avro.Schema;

/** File formats by media type. */
enum Formats {
    CSV_FORMAT(Formats.CSV) {
        @Override
        RecordReader reader(InputStream in, String model) throws IOException {
            return CsvRecords.reader(in, model);
        }

        @Override
        RecordReader reader(InputStream in, Schema schema) throws IOException {
            return CsvRecords.reader(in, schema);
        }

        @Override
        RecordWriter writer(OutputStream out, Schema schema) {
            return CsvRecords.writer(out, schema);
        }
    },
    NDJSON_FORMAT(Formats.NDJSON) {
        @Override
        RecordReader reader(InputStream in, String model) throws IOException {
            return NdjsonRecords.reader(in, model);
        }

        @Override
        RecordReader reader(InputStream in, Schema schema) {
            return NdjsonRecords.reader(in, schema);
        }

        @Override
        RecordWriter writer(OutputStream out, Schema schema) throws IOException {
            return NdjsonRecords.writer(out, schema);
        }
    },
    AVRO_FORMAT(Formats.AVRO) {
        @Override
        RecordReader reader(InputStream in, String model) throws IOException {
            return AvroFileRecords.reader(in);
        }

        @Override
        RecordReader reader(InputStream in, Schema schema) throws IOException {
            return AvroFileRecords.reader(in, schema);
        }

        @Override
        RecordWriter writer(OutputStream out, Schema schema) throws IOException {
            return AvroFileRecords.writer(out, schema);
        }
    };

    static final String CSV = "text/csv";
    static final String NDJSON = "application/x-ndjson";
    static final String AVRO = "application/avro";

    private final MediaType type;

    Formats(String type) {
        this.type = MediaType.valueOf(type);
    }

    /** Its media type. */
    MediaType type() {
        return type;
    }

    /** The format of a media type, parameters aside. */
    static Formats of(String type) {
        MediaType wanted = MediaType.valueOf(type);
        return Arrays.stream(values())
                .filter(format -> format.type.isCompatible(wanted))
                .findFirst()
                .orElseThrow(() ->
                        Problems.of("unsupported-format", "the format must be " + CSV + ", " + NDJSON + " or " + AVRO));
    }

    /** Reads a file whose schema is inferred, or its own. */
    abstract RecordReader reader(InputStream in, String model) throws IOException;

    /** Reads a file as records of a schema. */
    abstract RecordReader reader(InputStream in, Schema schema) throws IOException;

    /** Writes records of a schema. */
    abstract RecordWriter writer(OutputStream out, Schema schema) throws IOException;
}
