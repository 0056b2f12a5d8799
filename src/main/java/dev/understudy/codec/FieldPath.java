package dev.understudy.codec;

import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Where a field lies in a record.
 *
 * @param name dotted, for people and for hints
 * @param positions index of the field in each record on the way
 */
record FieldPath(String name, int[] positions) {

    static FieldPath root() {
        return new FieldPath("", new int[0]);
    }

    FieldPath child(Schema.Field field) {
        int[] longer = java.util.Arrays.copyOf(positions, positions.length + 1);
        longer[positions.length] = field.pos();
        return new FieldPath(name.isEmpty() ? field.name() : name + "." + field.name(), longer);
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
