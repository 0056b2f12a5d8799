package dev.understudy.model;

import static dev.understudy.model.SchemaResolution.isNumber;
import static dev.understudy.model.SchemaResolution.isWider;
import static dev.understudy.model.SchemaResolution.meaning;
import static dev.understudy.model.SchemaResolution.present;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Compares a model's schema with a newer one. Compatible is what Avro can resolve and a layout can be put onto: every learned
 * field is still there under its name, with its type or a wider number; what is new has a default.
 *
 * <p><em>Thread safety</em>: stateless.
 */
public final class SchemaChange {
    private static final String NOTHING = "missing";

    private SchemaChange() {}

    /**
     * Where a schema is no longer what was learned.
     *
     * @param field dotted path, empty for the record itself
     * @param before its type then
     * @param after its type now
     * @param remedy what to do, one clause
     */
    public record Difference(String field, String before, String after, String remedy) {
        /** The same as a sentence without a full stop. */
        public String sentence() {
            String what = field.isEmpty() ? "the record" : "field '" + field + "'";
            return what + " was " + before + " and is " + after + ": " + remedy;
        }
    }

    /**
     * Why what was learned with one schema does not fit the other; empty if it does.
     *
     * @param omitted dotted paths of fields that are not learned: Avro's word is enough for them
     */
    public static List<Difference> differences(Schema before, Schema after, List<String> omitted) {
        Map<String, Schema.Field> was = fields(before);
        Map<String, Schema.Field> is = fields(after);
        List<Difference> differences = new ArrayList<>();
        was.forEach((path, field) -> {
            if (omitted.stream().noneMatch(left -> path.equals(left) || path.startsWith(left + "."))) {
                compare(path, field, is.get(path), differences);
            }
        });
        Set<String> named = new HashSet<>();
        differences.forEach(difference -> named.add(difference.field()));
        for (SchemaResolution.Obstacle obstacle : SchemaResolution.obstacles(after, before)) {
            if (named.add(obstacle.field())) {
                differences.add(unresolved(obstacle, was, is));
            }
        }
        return differences;
    }

    /** All fields by dotted path, nested ones too, in the order of the schema. */
    static Map<String, Schema.Field> fields(Schema schema) {
        Map<String, Schema.Field> fields = new LinkedHashMap<>();
        collect("", schema, fields, new HashSet<>());
        return fields;
    }

    private static void collect(String prefix, Schema schema, Map<String, Schema.Field> fields, Set<String> ancestors) {
        Schema record = present(schema);
        if (record.getType() == Schema.Type.RECORD && ancestors.add(record.getFullName())) {
            for (Schema.Field field : record.getFields()) {
                fields.put(prefix + field.name(), field);
                collect(prefix + field.name() + ".", field.schema(), fields, ancestors);
            }
            ancestors.remove(record.getFullName());
        }
    }

    private static void compare(String path, Schema.Field before, Schema.Field after, List<Difference> differences) {
        String was = text(before.schema());
        if (after == null) {
            differences.add(new Difference(path, was, NOTHING, "put it back under its name"));
        } else if (!grows(before.schema(), after.schema())) {
            boolean number = isNumber(present(before.schema()));
            String remedy = "keep " + was + (number ? " or a wider number of the same meaning" : "");
            differences.add(new Difference(path, was, text(after.schema()), remedy));
        } else if (!Objects.equals(shape(before), shape(after))) {
            differences.add(new Difference(
                    path, "of shape " + shape(before), "of shape " + shape(after), "keep the shape, it is learned"));
        }
    }

    /** Whether every value of the one is a value of the other and means the same. */
    private static boolean grows(Schema before, Schema after) {
        if (before.isUnion() && before.isNullable() && !after.isNullable()) {
            return false;
        }
        Schema was = present(before);
        Schema is = present(after);
        if (isWider(is, was)) {
            return true;
        }
        if (is.getType() != was.getType() || !meaning(is).equals(meaning(was))) {
            return false;
        }
        return switch (was.getType()) {
            case ENUM -> is.getEnumSymbols().containsAll(was.getEnumSymbols());
            case ARRAY -> grows(was.getElementType(), is.getElementType());
            default -> true;
        };
    }

    private static Difference unresolved(
            SchemaResolution.Obstacle obstacle, Map<String, Schema.Field> was, Map<String, Schema.Field> is) {
        String field = obstacle.field();
        return was.containsKey(field) || !is.containsKey(field)
                ? new Difference(
                        field,
                        was.containsKey(field) ? text(was.get(field).schema()) : "another",
                        is.containsKey(field) ? text(is.get(field).schema()) : "unreadable",
                        "Avro cannot resolve it (" + obstacle.message() + ")")
                : new Difference(field, NOTHING, text(is.get(field).schema()), "give it a default, such as null");
    }

    private static Object shape(Schema.Field field) {
        Object declared = field.getObjectProp("shape");
        return declared == null ? present(field.schema()).getObjectProp("shape") : declared;
    }

    private static String text(Schema schema) {
        if (schema.isUnion()) {
            return "["
                    + String.join(
                            ", ",
                            schema.getTypes().stream().map(SchemaChange::text).toList()) + "]";
        }
        String meaning = meaning(schema);
        return switch (schema.getType()) {
            case RECORD -> "record " + schema.getFullName();
            case ENUM ->
                "enum " + schema.getFullName() + " of "
                        + schema.getEnumSymbols().size() + " symbols";
            case FIXED -> "fixed " + schema.getFullName() + " of " + schema.getFixedSize() + " bytes";
            case ARRAY -> "array of " + text(schema.getElementType());
            case MAP -> "map of " + text(schema.getValueType());
            default -> schema.getType().getName() + (meaning.isEmpty() ? "" : " " + meaning);
        };
    }
}
