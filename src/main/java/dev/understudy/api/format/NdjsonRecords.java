package dev.understudy.api.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * One JSON object a line, in UTF-8. Unions are unwrapped, bytes are base64, times are ISO 8601 strings, decimals are numbers.
 */
public final class NdjsonRecords {
    static final ObjectMapper JSON = new ObjectMapper();

    private NdjsonRecords() {}

    /**
     * Infers the schema from the first lines (1,000, or fewer if they are long), as for CSV; objects within objects become
     * records, arrays stay arrays, and a field that some object lacks is optional.
     *
     * @param model the record is named after it
     * @throws UnreadableFileException if no line holds an object, or values of one field do not go together
     */
    public static RecordReader reader(InputStream in, String model) throws IOException {
        return NdjsonRecordReader.inferring(in, model);
    }

    /** Reads records of a schema; absent fields take their default, else null if they may. */
    public static RecordReader reader(InputStream in, Schema schema) {
        return NdjsonRecordReader.expecting(in, schema);
    }

    /** Writes records, each on a line of its own. */
    public static RecordWriter writer(OutputStream out, Schema schema) throws IOException {
        JsonGenerator json = JSON.createGenerator(out);
        json.setRootValueSeparator(null);
        return new Writer(json, schema);
    }

    private record Writer(JsonGenerator json, Schema schema) implements RecordWriter {
        @Override
        public void write(GenericRecord record) throws IOException {
            JsonValues.write(schema, record, json);
            json.writeRaw('\n');
        }

        @Override
        public void flush() throws IOException {
            json.flush();
        }

        @Override
        public void close() throws IOException {
            json.close();
        }
    }
}
