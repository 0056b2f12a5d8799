package dev.understudy.api.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Comma-separated values in UTF-8 with a header. Cells are trimmed; an empty one is null. Lines without any text are passed
 * over and not counted.
 */
public final class CsvRecords {
    private CsvRecords() {}

    /**
     * Infers the schema from the first rows (1,000, or fewer if they are long): long, double, boolean, date, timestamp or
     * string, each with null if a cell was empty. Whole numbers with leading zeros are codes and stay strings.
     *
     * @param model the record is named after it
     * @throws UnreadableFileException if there is no header or no row below it
     */
    public static RecordReader reader(InputStream in, String model) throws IOException {
        return CsvRecordReader.inferring(in, model);
    }

    /**
     * Reads records of a schema. Columns are found by name in any order; those of optional fields and of fields with a
     * default may be absent.
     *
     * @throws UnreadableFileException if a column is absent or unknown
     */
    public static RecordReader reader(InputStream in, Schema schema) throws IOException {
        return CsvRecordReader.expecting(in, schema);
    }

    /** Writes records with a header; times as they were read if the schema remembers, else as ISO 8601 instants. */
    public static RecordWriter writer(OutputStream out, Schema schema) {
        List<CsvColumn> columns = CsvColumn.of(schema);
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out, StandardCharsets.UTF_8);
        csv.writeRecord(columns.stream().map(CsvColumn::header).toList());
        return new Writer(csv, columns);
    }

    private record Writer(CsvWriter csv, List<CsvColumn> columns) implements RecordWriter {
        @Override
        public void write(GenericRecord record) throws IOException {
            String[] cells = new String[columns.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = columns.get(i).cell(record);
            }
            csv.writeRecord(cells);
        }

        @Override
        public void flush() throws IOException {
            csv.flush();
        }

        @Override
        public void close() throws IOException {
            csv.close();
        }
    }
}
