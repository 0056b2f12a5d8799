package dev.understudy.api.gallery;

import dev.understudy.codec.Hint;
import dev.understudy.codec.RecordLayout;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * A learned field as a record has it.
 *
 * @param path dotted
 * @param hint how it was learned
 * @param type its Avro type without null
 */
record Field(String path, Hint hint, Schema type) {

    /** Those of a layout in the order of the schema; a path that the schema lacks is left out. */
    static List<Field> of(RecordLayout layout) {
        List<Field> fields = new ArrayList<>();
        layout.varying().forEach((path, hint) -> {
            Schema type = type(layout.schema(), path);
            if (type != null) {
                fields.add(new Field(path, hint, type));
            }
        });
        return fields;
    }

    private static Schema type(Schema schema, String path) {
        Schema type = schema;
        for (String name : path.split("\\.", -1)) {
            Schema.Field field = type.getType() == Schema.Type.RECORD ? type.getField(name) : null;
            if (field == null) {
                return null;
            }
            type = present(field.schema());
        }
        return type;
    }

    private static Schema present(Schema type) {
        return !type.isUnion()
                ? type
                : type.getTypes().stream()
                        .filter(branch -> branch.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElse(type);
    }

    /** Its values on both sides. */
    Sides<Object> read(Sides<? extends IndexedRecord> records) {
        return records.map(this::read);
    }

    private Object read(IndexedRecord record) {
        Object value = record;
        for (String name : path.split("\\.", -1)) {
            Schema.Field field =
                    value instanceof IndexedRecord at ? at.getSchema().getField(name) : null;
            if (field == null) {
                return null;
            }
            value = ((IndexedRecord) value).get(field.pos());
        }
        return value;
    }

    /** Whether its values lie on a line, as numbers and times do. */
    boolean ordered() {
        return hint.kind() == Hint.Kind.NUMBER || hint.kind() == Hint.Kind.TIMESTAMP;
    }

    /** Whether it is one number, time or class a record. */
    boolean scalar() {
        return ordered() || hint.kind() == Hint.Kind.CATEGORY;
    }
}
