package dev.understudy.api.format;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Rows of a CSV file as records; the first rows wait while the schema is inferred from them. */
final class CsvRecordReader implements RecordReader {
    private static final int INFERRED_ROWS = 1_000;
    private static final long INFERRED_LETTERS = 8L << 20;

    private final CloseableIterator<CsvRecord> rows;
    private final List<String> header;
    private final Queue<List<String>> waiting = new ArrayDeque<>();
    private Schema schema;

    /** For each cell of a row where it goes. */
    private CsvColumn[] columns;

    private List<CsvColumn> absent;
    private long row;

    private CsvRecordReader(InputStream in) throws IOException {
        this.rows = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .trimWhitespacesAroundQuotes(true)
                .allowUnclosedQuote(false)
                .allowExtraCharsAfterClosingQuote(false)
                .detectBomHeader(true)
                .ofCsvRecord(in)
                .iterator();
        this.header = pull();
        if (header == null) {
            throw new UnreadableFileException(
                    "no-header", "The file is empty; a CSV file starts with a header of column names.");
        }
    }

    static CsvRecordReader inferring(InputStream in, String model) throws IOException {
        CsvRecordReader reader = new CsvRecordReader(in);
        reader.schema = reader.infer(model);
        reader.columns = CsvColumn.of(reader.schema).toArray(CsvColumn[]::new);
        reader.absent = List.of();
        return reader;
    }

    static CsvRecordReader expecting(InputStream in, Schema schema) throws IOException {
        CsvRecordReader reader = new CsvRecordReader(in);
        reader.schema = schema;
        reader.assign();
        return reader;
    }

    /** The next row's trimmed cells, null at the end. */
    private List<String> pull() throws IOException {
        try {
            return rows.hasNext()
                    ? rows.next().getFields().stream().map(String::strip).toList()
                    : null;
        } catch (CsvParseException e) {
            throw new UnreadableFileException(
                    "malformed-csv",
                    "After row " + row + " the file is no CSV: a quoted cell does"
                            + " not end where it should, or a cell is too long.",
                    e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Schema infer(String model) throws IOException {
        List<TypeGuess> guesses = header.stream().map(column -> new TypeGuess()).toList();
        long letters = 0;
        boolean any = false;
        while (waiting.size() < INFERRED_ROWS && letters < INFERRED_LETTERS) {
            List<String> cells = pull();
            if (cells == null) {
                break;
            }
            waiting.add(cells);
            letters += cells.stream().mapToLong(String::length).sum();
            if (cells.size() == header.size()) {
                any = true;
                for (int i = 0; i < cells.size(); i++) {
                    guesses.get(i).see(cells.get(i));
                }
            }
        }
        if (!any) {
            throw new UnreadableFileException(
                    "no-rows",
                    "No row below the header has its " + header.size()
                            + " columns, so there is nothing to infer a schema from.");
        }
        return TypeGuess.record(model, header, guesses);
    }

    private void assign() throws UnreadableFileException {
        Map<String, CsvColumn> known = new HashMap<>();
        List<CsvColumn> all = CsvColumn.of(schema);
        all.forEach(column -> known.put(column.name(), column));
        all.forEach(column -> known.put(column.header(), column));
        List<String> names = Names.unique(header);
        columns = new CsvColumn[header.size()];
        List<CsvColumn> rest = new ArrayList<>(all);
        for (int i = 0; i < columns.length; i++) {
            columns[i] = known.getOrDefault(header.get(i), known.get(names.get(i)));
            if (!rest.remove(columns[i])) {
                columns[i] = known.get(names.get(i));
                if (!rest.remove(columns[i])) {
                    throw new UnreadableFileException(
                            "unknown-column",
                            "Column " + (i + 1) + " of the header, '" + shown(header.get(i))
                                    + "', is none of the model's: " + shown(String.join(", ", headers(all))));
                }
            }
        }
        absent = rest;
        List<CsvColumn> missed =
                rest.stream().filter(column -> !column.dispensable()).toList();
        if (!missed.isEmpty()) {
            throw new UnreadableFileException(
                    "missing-column", "The header lacks the columns " + shown(String.join(", ", headers(missed))));
        }
    }

    private static List<String> headers(List<CsvColumn> columns) {
        return columns.stream().map(CsvColumn::header).toList();
    }

    private static String shown(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "...";
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public RowResult next() throws IOException {
        List<String> cells = waiting.isEmpty() ? pull() : waiting.remove();
        if (cells == null) {
            return new RowResult.End();
        }
        row++;
        if (cells.size() != columns.length) {
            return new RowResult.Refused(
                    row, "", "has " + cells.size() + " columns where the header has " + columns.length);
        }
        try {
            return new RowResult.Taken(row, record(cells));
        } catch (UnfitValueException e) {
            return e.refused(row);
        }
    }

    private GenericData.Record record(List<String> cells) throws UnfitValueException {
        GenericData.Record record = new GenericData.Record(schema);
        for (int i = 0; i < columns.length; i++) {
            columns[i].put(record, cells.get(i));
        }
        for (CsvColumn column : absent) {
            column.putAbsent(record);
        }
        return record;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
