package dev.understudy.codec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;

/** Walks a schema with its hints: which leaves are learned, which are left out, and what stands in the way. */
final class SchemaFields {
    private static final Hint AUTO = new Hint(Hint.Kind.AUTO, List.of());
    private static final int MIN_SIDE = 4;
    private static final int MAX_SIDE = 128;

    private final Map<String, Hint> hints;
    private final Set<String> unusedHints;
    private final Map<String, SchemaField> learned = new LinkedHashMap<>();
    private final Set<String> omitted = new HashSet<>();
    private final List<FieldProblem> problems = new ArrayList<>();

    SchemaFields(Schema schema, Map<String, Hint> hints) {
        this.hints = hints;
        this.unusedHints = new HashSet<>(hints.keySet());
        if (schema.getType() == Type.RECORD) {
            walk(schema, FieldPath.root(), new HashSet<>());
        } else {
            problems.add(new FieldProblem(
                    "",
                    "not-a-record",
                    "The schema is a " + schema.getType().getName()
                            + "; only records can be learned: wrap it in a record with one field."));
        }
        unusedHints.stream()
                .sorted()
                .forEach(name -> problems.add(new FieldProblem(
                        name,
                        "unknown-field",
                        "The hint for '" + name + "' names no field of the schema: correct or remove it.")));
        if (learned.isEmpty() && problems.isEmpty()) {
            problems.add(new FieldProblem("", "nothing-to-learn", "No field is left to learn: omit fewer of them."));
        }
    }

    /** What is to be learned, in the order of the schema. */
    List<SchemaField> learned() {
        return List.copyOf(learned.values());
    }

    /** Dotted paths of what hints leave out. */
    Set<String> omitted() {
        return Set.copyOf(omitted);
    }

    List<FieldProblem> problems() {
        return List.copyOf(problems);
    }

    private void walk(Schema record, FieldPath path, Set<String> ancestors) {
        if (!ancestors.add(record.getFullName())) {
            refuse(path.name(), "recursive-record", "is a record within itself: leave it out with the hint OMIT.");
            return;
        }
        for (Schema.Field field : record.getFields()) {
            visit(field, path.child(field), ancestors);
        }
        ancestors.remove(record.getFullName());
    }

    private void visit(Schema.Field field, FieldPath path, Set<String> ancestors) {
        unusedHints.remove(path.name());
        Hint hint = hints.getOrDefault(path.name(), AUTO);
        if (hint.kind() == Hint.Kind.OMIT || field.schema().getType() == Type.NULL) {
            omit(path.name());
            return;
        }
        List<Schema> branches = branches(field.schema());
        if (branches.size() != 1) {
            refuse(
                    path.name(),
                    "multi-type-union",
                    "is a union of several types; only a union of null and one type can be"
                            + " learned: leave it out with the hint OMIT.");
            return;
        }
        Schema type = branches.get(0);
        boolean optional = field.schema().isNullable();
        if (type.getType() != Type.RECORD) {
            leaf(new SchemaField(path, type, optional, hint), shape(field, type, hint));
        } else if (optional) {
            refuse(
                    path.name(),
                    "optional-record",
                    "is an optional record; only records that are always there can be"
                            + " learned: leave it out with the hint OMIT, or make it required.");
        } else {
            walk(type, path, ancestors);
        }
    }

    private void omit(String name) {
        omitted.add(name);
        unusedHints.removeIf(hint -> hint.startsWith(name + "."));
    }

    private static List<Schema> branches(Schema schema) {
        if (!schema.isUnion()) {
            return List.of(schema);
        }
        return schema.getTypes().stream()
                .filter(branch -> branch.getType() != Type.NULL)
                .toList();
    }

    /** The hint's shape, else the one in the properties of the field, of its type or of the union around that. */
    private static List<Integer> shape(Schema.Field field, Schema type, Hint hint) {
        if (!hint.shape().isEmpty()) {
            return hint.shape();
        }
        for (Object declared : new Object[] {field.getObjectProp("shape"), type.getObjectProp("shape")}) {
            if (declared instanceof List<?> sides && sides.stream().allMatch(Number.class::isInstance)) {
                return sides.stream().map(side -> ((Number) side).intValue()).toList();
            }
        }
        return List.of();
    }

    private void leaf(SchemaField field, List<Integer> shape) {
        switch (field.type().getType()) {
            case STRING -> string(field);
            case ENUM, BOOLEAN -> take(field, Hint.Kind.CATEGORY);
            case INT, LONG -> take(field, Hint.Kind.CATEGORY, Hint.Kind.NUMBER, Hint.Kind.TIMESTAMP);
            case FLOAT, DOUBLE -> take(field, Hint.Kind.CATEGORY, Hint.Kind.NUMBER);
            case BYTES, FIXED -> bytes(field, shape);
            case ARRAY -> array(field, shape);
            default ->
                refuse(
                        field.name(),
                        field.type().getType().getName(),
                        "is a " + field.type().getType().getName()
                                + ", which cannot be learned: leave it out with the hint OMIT.");
        }
    }

    private void string(SchemaField field) {
        LogicalType logical = field.type().getLogicalType();
        if (logical != null && "uuid".equals(logical.getName()) && field.hint().kind() != Hint.Kind.CATEGORY) {
            refuse(
                    field.name(),
                    "identifier",
                    "is a UUID, which says nothing that could be learned: leave it out with the" + " hint OMIT.");
        } else {
            take(field, Hint.Kind.CATEGORY);
        }
    }

    private void bytes(SchemaField field, List<Integer> shape) {
        if (field.type().getLogicalType() instanceof LogicalTypes.Decimal) {
            take(field, Hint.Kind.CATEGORY, Hint.Kind.NUMBER);
        } else if (shape.isEmpty()) {
            refuse(
                    field.name(),
                    "bytes-without-shape",
                    "holds bytes of unknown meaning: if it is an image, say so by the"
                            + " property \"shape\": [height, width, channels] in the schema or by the hint IMAGE with a shape; else"
                            + " leave it out with the hint OMIT.");
        } else {
            image(
                    field,
                    shape,
                    field.type().getType() == Type.FIXED ? field.type().getFixedSize() : -1);
        }
    }

    private void array(SchemaField field, List<Integer> shape) {
        if (shape.isEmpty()) {
            refuse(
                    field.name(),
                    "array",
                    "is an array, which cannot be learned unless it is an image (the hint IMAGE with a"
                            + " shape): leave it out with the hint OMIT.");
        } else if (!NumberArrays.numeric(field.type())) {
            refuse(
                    field.name(),
                    "array",
                    "is an array of something else than numbers, nested at most three deep: leave it"
                            + " out with the hint OMIT.");
        } else {
            image(field, shape, -1);
        }
    }

    private void image(SchemaField field, List<Integer> shape, int fixedSize) {
        List<Integer> sides = shape.size() == 2 ? List.of(shape.get(0), shape.get(1), 1) : shape;
        if (sides.size() != 3 || outside(sides.get(0)) || outside(sides.get(1)) || badChannels(sides.get(2))) {
            refuse(
                    field.name(),
                    "bad-shape",
                    "has the shape " + shape + "; an image wants [height, width, channels] with" + " sides from "
                            + MIN_SIDE + " to " + MAX_SIDE + " and 1 or 3 channels.");
        } else if (fixedSize >= 0 && fixedSize != sides.get(0) * sides.get(1) * sides.get(2)) {
            refuse(
                    field.name(),
                    "bad-shape",
                    "has the shape " + shape + " but is fixed at " + fixedSize + " bytes: make them" + " agree.");
        } else {
            Hint hint = field.hint().kind() == Hint.Kind.AUTO
                    ? new Hint(Hint.Kind.IMAGE, sides)
                    : new Hint(field.hint().kind(), sides);
            take(field.as(hint), Hint.Kind.IMAGE);
        }
    }

    private static boolean outside(int side) {
        return side < MIN_SIDE || side > MAX_SIDE;
    }

    private static boolean badChannels(int channels) {
        return channels != 1 && channels != 3;
    }

    private void take(SchemaField field, Hint.Kind... suited) {
        Hint.Kind kind = field.hint().kind();
        if (kind == Hint.Kind.AUTO || List.of(suited).contains(kind)) {
            learned.put(field.name(), field);
        } else {
            refuse(
                    field.name(),
                    "unsuited-hint",
                    "has the hint " + kind + ", which does not suit its type "
                            + field.type().getType().getName() + ": use AUTO, OMIT or one of " + List.of(suited) + ".");
        }
    }

    private void refuse(String name, String code, String message) {
        problems.add(new FieldProblem(name, code, "Field '" + name + "' " + message));
    }
}
