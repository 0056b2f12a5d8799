package dev.understudy.api.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.understudy.codec.TimeText;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;

/**
 * A field of a record as a column of text. Records within records are columns with dotted names; other structures are cells
 * of JSON.
 */
final class CsvColumn {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String header;
    private final List<Schema.Field> path;
    private final Schema type;
    private final Optional<TimeText> time;
    private final DateTimeFormatter format;

    private CsvColumn(String header, List<Schema.Field> path) {
        Schema.Field last = path.get(path.size() - 1);
        this.header = header;
        this.path = path;
        this.type = Schemas.present(last.schema());
        this.time = TimeText.of(type);
        String pattern = last.getProp(Schemas.FORMAT);
        this.format = pattern == null
                ? null
                : DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** All columns of a schema, in its order. */
    static List<CsvColumn> of(Schema schema) {
        List<CsvColumn> columns = new ArrayList<>();
        collect(schema, "", List.of(), columns);
        return columns;
    }

    private static void collect(Schema record, String prefix, List<Schema.Field> parents, List<CsvColumn> into) {
        for (Schema.Field field : record.getFields()) {
            List<Schema.Field> path = new ArrayList<>(parents);
            path.add(field);
            String header = prefix + Schemas.column(field);
            if (field.schema().getType() == Schema.Type.RECORD) {
                collect(field.schema(), header + ".", path, into);
            } else {
                into.add(new CsvColumn(header, path));
            }
        }
    }

    String header() {
        return header;
    }

    /** Name of the field, dotted. */
    String name() {
        return String.join(".", path.stream().map(Schema.Field::name).toList());
    }

    private Schema.Field field() {
        return path.get(path.size() - 1);
    }

    /** Whether a file may do without it. */
    boolean dispensable() {
        return field().hasDefaultValue() || field().schema().isNullable();
    }

    /** Fills in the field for a file that lacks the column. */
    void putAbsent(GenericRecord record) throws UnfitValueException {
        put(record, JsonValues.absent(field(), ""));
    }

    /** Reads a cell into the field. */
    void put(GenericRecord record, String cell) throws UnfitValueException {
        if (cell.isEmpty() && field().schema().isNullable()) {
            put(record, (Object) null);
            return;
        }
        try {
            put(record, value(cell));
        } catch (IllegalArgumentException | ArithmeticException | JsonProcessingException e) {
            throw new UnfitValueException(
                    header, (cell.isEmpty() ? "is empty but must be " : "must be ") + Expected.of(type));
        }
    }

    private void put(GenericRecord record, Object value) {
        IndexedRecord at = record;
        for (Schema.Field parent : path.subList(0, path.size() - 1)) {
            if (at.get(parent.pos()) == null) {
                at.put(parent.pos(), new GenericData.Record(parent.schema()));
            }
            at = (IndexedRecord) at.get(parent.pos());
        }
        at.put(field().pos(), value);
    }

    private Object value(String cell) throws UnfitValueException, JsonProcessingException {
        return switch (type.getType()) {
            case STRING -> cell;
            case BOOLEAN -> parseBoolean(cell);
            case INT -> Math.toIntExact(whole(cell));
            case LONG -> whole(cell);
            case FLOAT -> Float.parseFloat(cell);
            case DOUBLE -> Double.parseDouble(cell);
            case ENUM -> symbol(cell);
            case BYTES, FIXED -> bytes(cell);
            default -> JsonValues.read(field().schema(), JSON.readTree(cell), header);
        };
    }

    private static boolean parseBoolean(String cell) {
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("not a boolean");
        };
    }

    private long whole(String cell) {
        return time.isPresent() ? time.get().parse(cell) : Long.parseLong(cell);
    }

    private Object symbol(String cell) {
        if (!type.hasEnumSymbol(cell)) {
            throw new IllegalArgumentException("not a symbol");
        }
        return new GenericData.EnumSymbol(type, cell);
    }

    private Object bytes(String cell) {
        return type.getLogicalType() instanceof LogicalTypes.Decimal decimal
                ? JsonValues.decimal(type, decimal(cell), decimal)
                : JsonValues.binary(type, cell);
    }

    private static BigDecimal decimal(String cell) {
        BigDecimal number = new BigDecimal(cell);
        if (Math.abs((long) number.scale()) > 1_000) {
            throw new ArithmeticException("exponent too large");
        }
        return number;
    }

    /** The field as a cell; null is an empty one. */
    String cell(IndexedRecord record) throws IOException {
        IndexedRecord at = record;
        for (Schema.Field parent : path.subList(0, path.size() - 1)) {
            at = (IndexedRecord) at.get(parent.pos());
        }
        Object value = at.get(field().pos());
        return value == null ? "" : text(value);
    }

    private String text(Object value) throws IOException {
        return switch (type.getType()) {
            case INT, LONG -> whole(((Number) value).longValue());
            case BYTES, FIXED -> bytes(value);
            case ARRAY, MAP, RECORD, UNION -> structure(value);
            default -> value.toString();
        };
    }

    private String whole(long value) {
        if (time.isEmpty()) {
            return Long.toString(value);
        }
        return format == null ? time.get().print(value) : format.format(instant(value));
    }

    private Instant instant(long value) {
        boolean micros = type.getLogicalType() instanceof LogicalTypes.TimestampMicros;
        return Instant.EPOCH.plus(value, micros ? ChronoUnit.MICROS : ChronoUnit.MILLIS);
    }

    private String bytes(Object value) {
        return type.getLogicalType() instanceof LogicalTypes.Decimal decimal
                ? JsonValues.decimal(type, value, decimal).toPlainString()
                : java.util.Base64.getEncoder().encodeToString(JsonValues.binary(value));
    }

    private String structure(Object value) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            JsonValues.write(field().schema(), value, json);
        }
        return text.toString();
    }
}
