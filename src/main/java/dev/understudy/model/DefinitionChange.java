package dev.understudy.model;

import dev.understudy.wire.FieldHint;
import dev.understudy.wire.ModelDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;

/** What becomes of what was learned when a definition changes. Immutable. */
public sealed interface DefinitionChange {
    /** Learning goes on: the schema is the same or has grown, and of what was known before nothing is to be learned otherwise. */
    record Compatible() implements DefinitionChange {}

    /**
     * Learning starts over as it was asked to: records can be read as before, but are to be learned from elsewhere or
     * otherwise.
     *
     * @param parts what has changed: topic, seed, settings, hints by field
     */
    record Reset(List<String> parts) implements DefinitionChange {}

    /**
     * What was learned does not fit the new schema.
     *
     * @param differences why, at least one
     */
    record Incompatible(List<SchemaChange.Difference> differences) implements DefinitionChange {}

    /** Compares two definitions whose schemas are schemas. */
    static DefinitionChange between(ModelDefinition before, ModelDefinition after) {
        Schema was = Definitions.schema(before);
        List<SchemaChange.Difference> differences =
                SchemaChange.differences(was, Definitions.schema(after), Definitions.omitted(after));
        if (!differences.isEmpty()) {
            return new Incompatible(differences);
        }
        List<String> parts = new ArrayList<>();
        note(parts, "topic", before.getTopic(), after.getTopic());
        note(parts, "seed", before.getSeed(), after.getSeed());
        note(parts, "settings", before.getSettings(), after.getSettings());
        noteHints(
                parts,
                before.getHints(),
                after.getHints(),
                SchemaChange.fields(was).keySet());
        return parts.isEmpty() ? new Compatible() : new Reset(parts);
    }

    private static void note(List<String> parts, String part, Object before, Object after) {
        if (!before.equals(after)) {
            parts.add(part);
        }
    }

    private static void noteHints(
            List<String> parts, Map<String, FieldHint> before, Map<String, FieldHint> after, Set<String> known) {
        FieldHint none = FieldHint.newBuilder().build();
        Set<String> hinted = new TreeSet<>(before.keySet());
        hinted.addAll(after.keySet());
        hinted.retainAll(known);
        hinted.forEach(field -> note(
                parts,
                "the hint for '" + field + "'",
                before.getOrDefault(field, none),
                after.getOrDefault(field, none)));
    }
}
