package dev.understudy.api.format;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.avro.Schema;

/** Lines of JSON as records; the first lines wait while the schema is inferred from them. */
final class NdjsonRecordReader implements RecordReader {
    static final int LONGEST_LINE = 16 << 20;
    private static final int INFERRED_LINES = 1_000;
    private static final long INFERRED_BYTES = 8L << 20;

    private static final ObjectReader READER =
            NdjsonRecords.JSON.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Lines lines;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private Schema schema;
    private long row;

    /** An empty line for one that was too long: the reader passes over truly empty ones. */
    private static final byte[] TOO_LONG = new byte[0];

    private NdjsonRecordReader(InputStream in) {
        this.lines = new Lines(in, LONGEST_LINE);
    }

    static NdjsonRecordReader inferring(InputStream in, String model) throws IOException {
        NdjsonRecordReader reader = new NdjsonRecordReader(in);
        reader.schema = reader.infer(model);
        return reader;
    }

    static NdjsonRecordReader expecting(InputStream in, Schema schema) {
        NdjsonRecordReader reader = new NdjsonRecordReader(in);
        reader.schema = schema;
        return reader;
    }

    /** The next line with anything on it, null at the end. */
    private byte[] pull() throws IOException {
        while (lines.advance()) {
            byte[] line = lines.tooLong() ? TOO_LONG : lines.bytes();
            if (line == TOO_LONG || !blank(line)) {
                return line;
            }
        }
        return null;
    }

    private static boolean blank(byte[] line) {
        for (byte letter : line) {
            if (letter != ' ' && letter != '\t' && letter != '\r') {
                return false;
            }
        }
        return true;
    }

    private Schema infer(String model) throws IOException {
        TypeGuess guess = new TypeGuess();
        long bytes = 0;
        boolean any = false;
        while (waiting.size() < INFERRED_LINES && bytes < INFERRED_BYTES) {
            byte[] line = pull();
            if (line == null) {
                break;
            }
            waiting.add(line);
            bytes += line.length;
            JsonNode node = parse(line);
            if (node != null && node.isObject()) {
                guess.see(node);
                any = true;
            }
        }
        if (!any) {
            throw new UnreadableFileException(
                    "no-rows", "No line holds a JSON object, so there is nothing to infer a schema" + " from.");
        }
        return guess.schema(Names.avro(model));
    }

    /** A line as JSON, null if it is none. */
    private static JsonNode parse(byte[] line) {
        try {
            JsonNode node = READER.readTree(line);
            return node.isMissingNode() ? null : node;
        } catch (IOException e) {
            // Nothing was read but the line: it is no JSON, or not even UTF-8.
            return null;
        }
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public RowResult next() throws IOException {
        byte[] line = waiting.isEmpty() ? pull() : waiting.remove();
        if (line == null) {
            return new RowResult.End();
        }
        row++;
        if (line == TOO_LONG) {
            return new RowResult.Refused(row, "", "is longer than " + LONGEST_LINE + " bytes");
        }
        JsonNode node = parse(line);
        if (node == null) {
            return new RowResult.Refused(row, "", "is not one JSON object");
        }
        try {
            return new RowResult.Taken(row, JsonValues.record(schema, node, ""));
        } catch (UnfitValueException e) {
            return e.refused(row);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
