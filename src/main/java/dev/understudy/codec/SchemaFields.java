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

/** Walks a schema with its hints: which leaves are learned, which are left out, and what stands in the way. */
final class SchemaFields {
    private static final Hint AUTO = new Hint(Hint.Kind.AUTO, List.of());

    /** Places of a codon. */
    private static final int CODON = 3;

    private final Map<String, Hint> hints;
    private final Set<String> unusedHints;
    private final Map<String, SchemaField> learned = new LinkedHashMap<>();
    private final Set<String> omitted = new HashSet<>();
    private final List<FieldProblem> problems = new ArrayList<>();

    SchemaFields(Schema schema, Map<String, Hint> hints) {
        this.hints = hints;
        this.unusedHints = new HashSet<>(hints.keySet());
        if (schema.getType() == Schema.Type.RECORD) {
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
        if (hint.kind() == Hint.Kind.OMIT || field.schema().getType() == Schema.Type.NULL) {
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
        if (type.getType() != Schema.Type.RECORD) {
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
                .filter(branch -> branch.getType() != Schema.Type.NULL)
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
        int frame = field.hint().frame();
        if (frame != 1 && !(frame == CODON && field.hint().kind() == Hint.Kind.DNA)) {
            refuse(
                    field.name(),
                    "bad-frame",
                    "has the hint " + field.hint().kind() + " with the frame " + frame + "; the frame must be 1, or "
                            + CODON + " with the hint DNA for coding sequences.");
            return;
        }
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
            take(field, Hint.Kind.CATEGORY, Hint.Kind.TEXT, Hint.Kind.DNA);
        }
    }

    private void bytes(SchemaField field, List<Integer> shape) {
        if (field.type().getLogicalType() instanceof LogicalTypes.Decimal) {
            take(field, Hint.Kind.CATEGORY, Hint.Kind.NUMBER);
        } else if (shape.isEmpty()) {
            refuse(
                    field.name(),
                    "bytes-without-shape",
                    "holds bytes of unknown meaning: if it is an image or a video, say so by the"
                            + " property \"shape\": [height, width, channels] in the schema (frames before them in a"
                            + " video) or by the hint IMAGE or VIDEO with a shape; else leave it out with the hint OMIT.");
        } else {
            shaped(field, shape, Hint.Kind.IMAGE, Hint.Kind.VIDEO);
        }
    }

    private void array(SchemaField field, List<Integer> shape) {
        if (shape.isEmpty()) {
            refuse(
                    field.name(),
                    "array",
                    "is an array, which cannot be learned unless it is a series, an image or a video (the hint SERIES,"
                            + " IMAGE or VIDEO with a shape): leave it out with the hint OMIT.");
        } else {
            shaped(field, shape, Hint.Kind.IMAGE, Hint.Kind.VIDEO, Hint.Kind.SERIES);
        }
    }

    /** A field that has a shape; if no kind is hinted, the number of sides tells an image from a video. */
    private void shaped(SchemaField field, List<Integer> shape, Hint.Kind... suited) {
        Hint.Kind kind = field.hint().kind() == Hint.Kind.AUTO
                ? HintShape.guess(shape)
                : field.hint().kind();
        HintShape rule = HintShape.of(kind);
        List<Integer> sides = rule == null ? shape : rule.full(shape);
        if (rule == null) {
            take(field, suited);
        } else if (!rule.admits(sides)) {
            refuse(
                    field.name(),
                    "bad-shape",
                    "has the shape " + shape + "; " + rule.noun() + " wants " + rule.wants() + ".");
        } else if (disagrees(field.type(), sides)) {
            refuse(
                    field.name(),
                    "bad-shape",
                    "has the shape " + shape + " but is fixed at "
                            + field.type().getFixedSize() + " bytes: make them agree.");
        } else if (field.type().getType() == Schema.Type.ARRAY && !NumberArrays.numeric(field.type(), sides.size())) {
            refuse(
                    field.name(),
                    "array",
                    "is an array of something else than numbers, or nested deeper than the " + sides.size()
                            + " sides of " + rule.noun() + ": leave it out with the hint OMIT.");
        } else {
            take(field.as(new Hint(kind, sides)), suited);
        }
    }

    private static boolean disagrees(Schema type, List<Integer> sides) {
        return type.getType() == Schema.Type.FIXED
                && type.getFixedSize() != sides.stream().reduce(1, (a, b) -> a * b);
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
