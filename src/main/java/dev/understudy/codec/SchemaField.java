package dev.understudy.codec;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
     * @param hint what to do with it; for an image, a video or a series that kind and the full shape, wherever that was
     *     declared
     */
    SchemaField(FieldPath path, Schema type, boolean optional, Hint hint) {
        this.path = path;
        this.type = type;
        this.optional = optional;
        this.hint = hint;
        this.values = values(type, hint);
    }

    /** Images, videos and series have none. */
    private static ValueType values(Schema type, Hint hint) {
        if (hint.kind() == Hint.Kind.IMAGE || hint.kind() == Hint.Kind.VIDEO || hint.kind() == Hint.Kind.SERIES) {
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

    /** How its values are read and written; null for images, videos and series, whose keys are their Avro values. */
    ValueType values() {
        return values;
    }

    /** The time that its values mean, if they do. */
    Optional<TimeText> time() {
        return values instanceof NumberType number ? number.time() : Optional.empty();
    }

    /** A whole number that is made of its values, and is missing where they are. */
    SchemaField part(String name, Hint.Kind kind) {
        return new SchemaField(path.part(name), Schema.create(Schema.Type.LONG), optional, new Hint(kind, List.of()));
    }

    SchemaField as(Hint other) {
        return new SchemaField(path, type, optional, other);
    }

    /**
     * The value as its key (see {@link ValueType}), an image, a video or a series as it is, null if it is missing. A number that is not finite
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
            throw wrongType();
        }
    }

    private Object missing(String code, String complaint) {
        if (!optional) {
            throw unsuitable(code, complaint);
        }
        return null;
    }

    /** Key of an Avro value of a field that has {@link #values}, null for missing. */
    Object key(Object avro) {
        return avro == null ? null : values.key(avro);
    }

    /** Avro value of a key, null for missing; the caller owns it. */
    Object avro(Object key) {
        return key == null ? null : values.avro(key);
    }

    /** A key as a sentence has it. */
    String quote(Object key) {
        return key == null ? "missing" : Wording.quote(values.print(key));
    }

    UnsuitableValueException wrongType() {
        return unsuitable(
                "wrong-type",
                "does not hold a value of its type " + type.getType().getName() + ".");
    }

    UnsuitableValueException wrongSize(String size) {
        return unsuitable("wrong-size", "holds " + size + ", but its shape is " + hint.shape() + ".");
    }

    /**
     * Refuses a value that no sample can have.
     *
     * @param seen keys that one can have, perhaps null among them
     */
    UnsuitableValueException unseen(Object key, Collection<Object> seen) {
        List<String> printed =
                seen.stream().filter(Objects::nonNull).map(values::print).toList();
        return unsuitable(
                "unseen-value",
                "must be one of the values that were learned, " + Wording.list(printed) + "; it is " + quote(key)
                        + ".");
    }

    FieldProblem problem(String code, String complaint) {
        return new FieldProblem(name(), code, "Field '" + name() + "' " + complaint);
    }

    UnsuitableValueException unsuitable(String code, String complaint) {
        return new UnsuitableValueException(problem(code, complaint));
    }
}
