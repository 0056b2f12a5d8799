package dev.understudy.learning;

import dev.understudy.model.SchemaResolution;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * A definition's schema, widened where a writer's numbers are wider: Avro promotes an int to a long but not back. What is
 * read with it has to be {@linkplain Narrowing narrowed}. <em>Thread safety</em>: one owner.
 */
final class WidenedSchema {
    /** A record may lie within itself, so its copy is known before it is complete. */
    private final Map<Pair, Schema> records = new HashMap<>();

    private record Pair(Schema target, Schema writer) {}

    private WidenedSchema() {}

    /** The target, equal to it but for the type of numbers. */
    static Schema of(Schema target, Schema writer) {
        return new WidenedSchema().widen(target, writer);
    }

    private Schema widen(Schema target, Schema writer) {
        Schema source = SchemaResolution.present(writer);
        return switch (target.getType()) {
            case UNION -> union(target, source);
            case INT, LONG, FLOAT -> SchemaResolution.isWider(source, target) ? source : target;
            case RECORD -> source.getType() == target.getType() ? record(target, source) : target;
            case ARRAY ->
                source.getType() == target.getType()
                        ? Schema.createArray(widen(target.getElementType(), source.getElementType()))
                        : target;
            case MAP ->
                source.getType() == target.getType()
                        ? Schema.createMap(widen(target.getValueType(), source.getValueType()))
                        : target;
            default -> target;
        };
    }

    /** A union of several types picks one by itself. */
    private Schema union(Schema target, Schema source) {
        Schema present = SchemaResolution.present(target);
        return present.isUnion()
                ? target
                : Schema.createUnion(target.getTypes().stream()
                        .map(branch -> branch.equals(present) ? widen(present, source) : branch)
                        .toList());
    }

    private Schema record(Schema target, Schema writer) {
        Pair pair = new Pair(target, writer);
        Schema known = records.get(pair);
        if (known != null) {
            return known;
        }
        Schema copy = Schema.createRecord(target.getName(), target.getDoc(), target.getNamespace(), target.isError());
        target.getAliases().forEach(copy::addAlias);
        records.put(pair, copy);
        copy.setFields(target.getFields().stream()
                .map(field -> new Schema.Field(field, widenedField(field, writer)))
                .toList());
        return copy;
    }

    private Schema widenedField(Schema.Field field, Schema writer) {
        Schema.Field written = writer.getField(field.name());
        for (String alias : field.aliases()) {
            written = written == null ? writer.getField(alias) : written;
        }
        return written == null ? field.schema() : widen(field.schema(), written.schema());
    }
}
