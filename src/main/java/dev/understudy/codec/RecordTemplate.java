package dev.understudy.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** New records with all that is not learned filled in: a field's default, else null, else zero or empty. Immutable. */
final class RecordTemplate {

    private record Nested(int position, RecordTemplate template) {}

    private record Filler(int position, Schema type, Object value, boolean copied) {}

    private final Schema schema;
    private final List<Nested> nested = new ArrayList<>();
    private final List<Filler> fillers = new ArrayList<>();

    RecordTemplate(Schema schema, Set<String> learned) {
        this(schema, FieldPath.root(), learned);
    }

    private RecordTemplate(Schema schema, FieldPath path, Set<String> learned) {
        this.schema = schema;
        for (Schema.Field field : schema.getFields()) {
            FieldPath child = path.child(field);
            if (learned.stream().anyMatch(name -> name.startsWith(child.name() + "."))) {
                nested.add(new Nested(field.pos(), new RecordTemplate(field.schema(), child, learned)));
            } else if (!learned.contains(child.name())) {
                fillers.add(filler(field));
            }
        }
    }

    private static Filler filler(Schema.Field field) {
        Object value = field.hasDefaultValue() ? GenericData.get().getDefaultValue(field) : zero(field.schema());
        if (value instanceof CharSequence text) {
            value = text.toString();
        }
        boolean immutable = value == null
                || value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof GenericData.EnumSymbol;
        return new Filler(field.pos(), field.schema(), value, !immutable);
    }

    private static Object zero(Schema type) {
        return switch (type.getType()) {
            case NULL -> null;
            case UNION -> type.isNullable() ? null : zero(type.getTypes().get(0));
            case BOOLEAN -> false;
            case INT -> 0;
            case LONG -> 0L;
            case FLOAT -> 0f;
            case DOUBLE -> 0d;
            case STRING -> "";
            case BYTES -> ByteBuffer.allocate(0);
            case FIXED -> new GenericData.Fixed(type, new byte[type.getFixedSize()]);
            case ENUM -> new GenericData.EnumSymbol(type, type.getEnumSymbols().get(0));
            case ARRAY -> new GenericData.Array<>(0, type);
            case MAP -> Map.of();
            case RECORD -> new RecordTemplate(type, Set.of()).create();
        };
    }

    /** A record whose learned fields are still null; the caller owns it. */
    GenericRecord create() {
        GenericData.Record record = new GenericData.Record(schema);
        for (Nested part : nested) {
            record.put(part.position(), part.template().create());
        }
        for (Filler filler : fillers) {
            Object value = filler.value();
            record.put(filler.position(), filler.copied() ? GenericData.get().deepCopy(filler.type(), value) : value);
        }
        return record;
    }
}
