package dev.understudy.codec;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** A leaf of the schema that is to be learned: where it lies, its type without null, and what was said of it. Immutable. */
final class SchemaField {
    private final FieldPath path;
    private final Schema type;
    private final boolean optional;
    private final Hint hint;
    private final ValueType values;

    /**
     * @param hint what to do with it; kind IMAGE and the full shape for an image, wherever that was declared
     */
    SchemaField(FieldPath path, Schema type, boolean optional, Hint hint) {
        this.path = path;
        this.type = type;
        this.optional = optional;
        this.hint = hint;
        this.values = values(type, hint);
    }

    /** Images have none. */
    private static ValueType values(Schema type, Hint hint) {
        if (hint.kind() == Hint.Kind.IMAGE) {
            return null;
        }
        return switch (type.getType()) {
            case STRING, ENUM, BOOLEAN -> new CategoryType(type);
            case INT, LONG, FLOAT, DOUBLE -> NumberType.of(type, hint.kind());
            default -> type.getLogicalType() instanceof LogicalTypes.Decimal ? NumberType.of(type, hint.kind()) : null;
        };
    }

    String name() {
        return path.name();
    }

    FieldPath path() {
        return path;
    }

    Schema type() {
        return type;
    }

    boolean optional() {
        return optional;
    }

    Hint hint() {
        return hint;
    }

    /** How its values are read and written; not for images. */
    ValueType values() {
        return values;
    }

    SchemaField as(Hint other) {
        return new SchemaField(path, type, optional, other);
    }

    /**
     * The value as its key (see {@link ValueType}), an image as it is, null if it is missing. A number that is not finite
     * counts as missing.
     *
     * @throws UnsuitableValueException if it is missing but not optional, or not of the field's type
     */
    Object read(IndexedRecord record) {
        Object avro = path.read(record);
        if (avro == null) {
            return missing("wrong-type", "is null but not optional.");
        }
        if (values == null) {
            return avro;
        }
        try {
            Object key = values.key(avro);
            return key instanceof Double number && !Double.isFinite(number)
                    ? missing(
                            "not-finite",
                            "is not a finite number, and as it is not optional it cannot be taken as missing.")
                    : key;
        } catch (ClassCastException e) {
            throw unsuitable(
                    "wrong-type",
                    "does not hold a value of its type " + type.getType().getName() + ".");
        }
    }

    private Object missing(String code, String complaint) {
        if (!optional) {
            throw unsuitable(code, complaint);
        }
        return null;
    }

    FieldProblem problem(String code, String complaint) {
        return new FieldProblem(name(), code, "Field '" + name() + "' " + complaint);
    }

    UnsuitableValueException unsuitable(String code, String complaint) {
        return new UnsuitableValueException(problem(code, complaint));
    }
}
