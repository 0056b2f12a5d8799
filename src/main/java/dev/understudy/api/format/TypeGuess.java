package dev.understudy.api.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.codec.TimeText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The narrowest type that fits all values seen so far. */
final class TypeGuess {
    private enum Sort {
        BOOLEAN,
        LONG,
        DOUBLE,
        DATE,
        TIME,
        STRING,
        RECORD,
        ARRAY
    }

    /** No leading zeros: those are codes, and would be lost. */
    private static final Pattern LONG = Pattern.compile("-?(0|[1-9]\\d{0,17})");

    private static final Pattern DIGITS = Pattern.compile("-?\\d+");
    private static final Pattern DOUBLE = Pattern.compile("[-+]?((0|[1-9]\\d*)(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,3})?");

    private final Set<Sort> sorts = EnumSet.noneOf(Sort.class);
    private final Map<String, TypeGuess> fields = new LinkedHashMap<>();
    private TypeGuess items;
    private TimePattern pattern;
    private long values;
    private boolean missing;

    /** Takes a cell; an empty one is missing. */
    void see(String cell) {
        if (cell.isEmpty()) {
            missing = true;
        } else {
            values++;
            sorts.add(sort(cell));
        }
    }

    private Sort sort(String cell) {
        if (LONG.matcher(cell).matches()) {
            return Sort.LONG;
        }
        if (DOUBLE.matcher(cell).matches() && !DIGITS.matcher(cell).matches()) {
            return Sort.DOUBLE;
        }
        String lower = cell.toLowerCase(Locale.ROOT);
        return lower.equals("true") || lower.equals("false") ? Sort.BOOLEAN : textSort(cell);
    }

    private Sort textSort(String text) {
        TimePattern seen = TimePattern.of(text);
        if (seen != null && parses(TimeText.TIMESTAMP_MILLIS, text)) {
            pattern = pattern == null ? seen : pattern.and(seen);
            return Sort.TIME;
        }
        return parses(TimeText.DATE, text) ? Sort.DATE : Sort.STRING;
    }

    private static boolean parses(TimeText time, String text) {
        try {
            time.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Takes a JSON value; null is missing. */
    void see(JsonNode node) {
        if (node.isNull()) {
            missing = true;
            return;
        }
        values++;
        if (node.isObject()) {
            sorts.add(Sort.RECORD);
            node.properties().forEach(entry -> fields.computeIfAbsent(entry.getKey(), key -> new TypeGuess())
                    .see(entry.getValue()));
        } else if (node.isArray()) {
            sorts.add(Sort.ARRAY);
            items = items == null ? new TypeGuess() : items;
            node.forEach(items::see);
        } else {
            sorts.add(scalarSort(node));
        }
    }

    private Sort scalarSort(JsonNode node) {
        if (node.isBoolean()) {
            return Sort.BOOLEAN;
        }
        if (node.isNumber()) {
            return node.isIntegralNumber() && node.canConvertToLong() ? Sort.LONG : Sort.DOUBLE;
        }
        return textSort(node.asText());
    }

    /** Lets a field that some of so many records lacked be null. */
    private void presentIn(long records) {
        missing |= values < records;
    }

    /** Pattern of its times, null if it holds none. */
    String format() {
        return sort() == Sort.TIME ? pattern.format() : null;
    }

    private Sort sort() {
        if (sorts.size() == 1) {
            return sorts.iterator().next();
        }
        if (sorts.equals(EnumSet.of(Sort.LONG, Sort.DOUBLE))) {
            return Sort.DOUBLE;
        }
        boolean structured = sorts.contains(Sort.RECORD) || sorts.contains(Sort.ARRAY);
        return structured ? null : Sort.STRING;
    }

    /**
     * The type, with null if some value was missing.
     *
     * @param path name of the record, if it is one
     * @throws UnreadableFileException if values are of types that no schema of ours unites
     */
    Schema schema(String path) throws UnreadableFileException {
        Schema type = presentSchema(path);
        return missing ? Schema.createUnion(Schema.create(Schema.Type.NULL), type) : type;
    }

    private Schema presentSchema(String path) throws UnreadableFileException {
        Sort sort = sort();
        if (sort == null) {
            throw new UnreadableFileException(
                    "mixed-types",
                    "Values of '" + path + "' are of types that do not go together, " + sorts
                            + ": define the model with a schema first.");
        }
        return switch (sort) {
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case LONG -> Schema.create(Schema.Type.LONG);
            case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
            case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case TIME -> time();
            case STRING -> Schema.create(Schema.Type.STRING);
            case RECORD -> record(path, fields, values);
            case ARRAY -> Schema.createArray(items.schema(path + "_item"));
        };
    }

    private Schema time() {
        Schema type = Schema.create(Schema.Type.LONG);
        return pattern.fraction() > 3
                ? LogicalTypes.timestampMicros().addToSchema(type)
                : LogicalTypes.timestampMillis().addToSchema(type);
    }

    /** A record of guessed fields that was seen so often. */
    static Schema record(String name, Map<String, TypeGuess> guesses, long records) throws UnreadableFileException {
        List<String> columns = List.copyOf(guesses.keySet());
        for (TypeGuess guess : guesses.values()) {
            guess.presentIn(records);
        }
        return record(name, columns, List.copyOf(guesses.values()));
    }

    /** A record of guessed fields by the names that a file gives them. */
    static Schema record(String name, List<String> columns, List<TypeGuess> guesses) throws UnreadableFileException {
        List<String> names = Names.unique(columns);
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Schema type = guesses.get(i).schema(name + "_" + names.get(i));
            Schema.Field field = type.isNullable()
                    ? new Schema.Field(names.get(i), type, null, Schema.Field.NULL_DEFAULT_VALUE)
                    : new Schema.Field(names.get(i), type);
            if (!names.get(i).equals(columns.get(i))) {
                field.addProp(Schemas.COLUMN, columns.get(i));
            }
            if (guesses.get(i).format() != null) {
                field.addProp(Schemas.FORMAT, guesses.get(i).format());
            }
            fields.add(field);
        }
        return Schema.createRecord(Names.avro(name), null, null, false, fields);
    }
}
