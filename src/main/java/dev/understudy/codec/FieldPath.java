package dev.understudy.codec;

import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Where a field lies in a record. Immutable. */
final class FieldPath {
    private final String name;
    private final int[] positions;

    /**
     * @param name dotted, for people and for hints
     * @param positions index of the field in each record on the way
     */
    private FieldPath(String name, int[] positions) {
        this.name = name;
        this.positions = positions;
    }

    static FieldPath root() {
        return new FieldPath("", new int[0]);
    }

    FieldPath child(Schema.Field field) {
        int[] longer = Arrays.copyOf(positions, positions.length + 1);
        longer[positions.length] = field.pos();
        return new FieldPath(name.isEmpty() ? field.name() : name + "." + field.name(), longer);
    }

    /** The same place, for a part of what lies there. */
    FieldPath part(String part) {
        return new FieldPath(part.isEmpty() ? name : name + "." + part, positions);
    }

    String name() {
        return name;
    }

    Object read(IndexedRecord record) {
        return parent(record).get(last());
    }

    void write(IndexedRecord record, Object value) {
        parent(record).put(last(), value);
    }

    private IndexedRecord parent(IndexedRecord record) {
        IndexedRecord parent = record;
        for (int i = 0; i < positions.length - 1; i++) {
            parent = (IndexedRecord) parent.get(positions[i]);
        }
        return parent;
    }

    private int last() {
        return positions[positions.length - 1];
    }
}
