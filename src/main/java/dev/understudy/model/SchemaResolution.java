package dev.understudy.model;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** How schemas relate: which numbers are wider, and what stands in the way of reading records of one with another. <em>Thread safety</em>: stateless. */
public final class SchemaResolution {
    private static final List<Schema.Type> BY_WIDTH =
            List.of(Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);

    private static final int MOST_MESSAGE_CHARS = 200;

    private SchemaResolution() {}

    /**
     * What stands in the way.
     *
     * @param field dotted path in the reader's schema, empty for the record itself
     * @param message Avro's words about the two schemas, at most 200 characters
     */
    public record Obstacle(String field, String message) {}

    /** Why records of the writer's schema cannot be read with the reader's; empty if they can. */
    public static List<Obstacle> obstacles(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(found -> obstacle(reader, found))
                .toList();
    }

    private static Obstacle obstacle(Schema reader, Incompatibility found) {
        String message = found.getMessage();
        return new Obstacle(
                field(reader, found.getLocation()),
                message.length() <= MOST_MESSAGE_CHARS ? message : message.substring(0, MOST_MESSAGE_CHARS - 1) + "…");
    }

    /** Avro gives the place as a JSON pointer into the schema, such as {@code /fields/2/type/items}. */
    private static String field(Schema reader, String location) {
        List<String> names = new ArrayList<>();
        Schema at = reader;
        String before = "";
        for (String step : location.split("/", -1)) {
            if ("fields".equals(before) && at.getType() == Schema.Type.RECORD) {
                Schema.Field field = at.getFields().get(Integer.parseInt(step));
                names.add(field.name());
                at = field.schema();
            } else {
                at = inside(at, step);
            }
            before = step;
        }
        return String.join(".", names);
    }

    private static Schema inside(Schema at, String step) {
        return switch (at.getType()) {
            case UNION ->
                step.matches("\\d{1,4}")
                                && Integer.parseInt(step) < at.getTypes().size()
                        ? at.getTypes().get(Integer.parseInt(step))
                        : at;
            case ARRAY -> "items".equals(step) ? at.getElementType() : at;
            case MAP -> "values".equals(step) ? at.getValueType() : at;
            default -> at;
        };
    }

    /** Whether a type is that of a number which is wider than the other number and has the same meaning. */
    public static boolean isWider(Schema type, Schema number) {
        return isNumber(number)
                && BY_WIDTH.indexOf(type.getType()) > BY_WIDTH.indexOf(number.getType())
                && meaning(type).equals(meaning(number));
    }

    static boolean isNumber(Schema type) {
        return BY_WIDTH.contains(type.getType());
    }

    /** The logical type with what belongs to it, empty if there is none. */
    static String meaning(Schema type) {
        LogicalType logical = type.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return "decimal(" + decimal.getPrecision() + ", " + decimal.getScale() + ")";
        }
        return logical == null ? "" : logical.getName();
    }

    /** The one type of a union beside null; any other schema as it is. */
    public static Schema present(Schema schema) {
        if (!schema.isUnion()) {
            return schema;
        }
        List<Schema> types = schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        return types.size() == 1 ? types.get(0) : schema;
    }
}
