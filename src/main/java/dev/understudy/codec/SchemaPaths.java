package dev.understudy.codec;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Dotted paths in a schema. */
final class SchemaPaths {
    private SchemaPaths() {}

    /** Whether a field lies at a dotted path, be it learned or not. */
    static boolean has(Schema schema, String path) {
        List<Schema> at = List.of(schema);
        for (String name : path.split("\\.", -1)) {
            at = at.stream()
                    .flatMap(SchemaPaths::records)
                    .map(record -> record.getField(name))
                    .filter(field -> field != null)
                    .map(Schema.Field::schema)
                    .toList();
        }
        return !at.isEmpty();
    }

    private static Stream<Schema> records(Schema schema) {
        Stream<Schema> branches = schema.isUnion() ? schema.getTypes().stream() : Stream.of(schema);
        return branches.filter(branch -> branch.getType() == Schema.Type.RECORD);
    }
}
