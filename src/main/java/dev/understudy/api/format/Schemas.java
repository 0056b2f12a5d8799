package dev.understudy.api.format;

import org.apache.avro.Schema;

/** Questions to schemas. */
final class Schemas {
    /** Property of a field: its name in files, where that is no Avro name. */
    static final String COLUMN = "column";

    /** Property of a field: pattern of its times in CSV, as of {@link java.time.format.DateTimeFormatter}. */
    static final String FORMAT = "format";

    private Schemas() {}

    /** The one type beside null, or the type itself; a union of more stays one. */
    static Schema present(Schema type) {
        if (!type.isUnion()) {
            return type;
        }
        var branches = type.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        return branches.size() == 1 ? branches.get(0) : type;
    }

    /** How files call a field. */
    static String column(Schema.Field field) {
        String column = field.getProp(COLUMN);
        return column == null ? field.name() : column;
    }
}
