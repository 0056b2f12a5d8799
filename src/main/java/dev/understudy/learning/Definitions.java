package dev.understudy.learning;

import dev.understudy.codec.Hint;
import dev.understudy.codec.RowShape;
import dev.understudy.gan.Objective;
import dev.understudy.gan.Recipe;
import dev.understudy.wire.ModelDefinition;
import dev.understudy.wire.ModelSettings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;

/** A definition of the wire in the words of codec and networks. */
final class Definitions {
    private Definitions() {}

    /**
     * The schema of its records.
     *
     * @throws org.apache.avro.SchemaParseException if it is none
     */
    static Schema schema(ModelDefinition definition) {
        return new Schema.Parser().parse(definition.getSchema());
    }

    static Map<String, Hint> hints(ModelDefinition definition) {
        Map<String, Hint> hints = new LinkedHashMap<>();
        definition
                .getHints()
                .forEach((field, hint) -> hints.put(
                        field, new Hint(Hint.Kind.valueOf(hint.getKind().name()), hint.getShape())));
        return hints;
    }

    /**
     * The preset with what the definition overrides.
     *
     * @throws IllegalArgumentException naming setting, value and what it may be
     */
    static Recipe recipe(ModelDefinition definition, RowShape shape) {
        ModelSettings settings = definition.getSettings();
        Recipe recipe = Recipe.preset(settings.getPreset(), shape);
        recipe = settings.getObjective() == null ? recipe : recipe.withObjective(objective(settings.getObjective()));
        recipe = settings.getBatch() == null ? recipe : recipe.withBatch(settings.getBatch());
        recipe = settings.getLearningRate() == null ? recipe : recipe.withLearningRate(settings.getLearningRate());
        recipe = settings.getPenalty() == null ? recipe : recipe.withPenalty(settings.getPenalty());
        return settings.getHorizon() == null ? recipe : recipe.withHorizon(settings.getHorizon());
    }

    private static Objective objective(String name) {
        for (Objective objective : Objective.values()) {
            if (objective.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
                return objective;
            }
        }
        throw new IllegalArgumentException(
                "objective is '" + name + "', must be relativistic, non-saturating, minimax, wasserstein or hinge");
    }
}
