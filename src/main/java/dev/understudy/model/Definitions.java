package dev.understudy.model;

import dev.understudy.codec.FieldProblem;
import dev.understudy.codec.Hint;
import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.RowShape;
import dev.understudy.gan.Objective;
import dev.understudy.gan.Recipe;
import dev.understudy.wire.ModelDefinition;
import dev.understudy.wire.ModelSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

/** Reads a definition in the words of codec and networks. <em>Thread safety</em>: stateless. */
public final class Definitions {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    /** Which values a setting may have does not depend on the fields. */
    private static final RowShape NO_FIELDS = new RowShape(List.of(), 0, 0, 0, List.of());

    private Definitions() {}

    /**
     * The schema of its records.
     *
     * @throws org.apache.avro.SchemaParseException if it is none
     */
    public static Schema schema(ModelDefinition definition) {
        return new SchemaParser().parse(definition.getRecordSchema()).mainSchema();
    }

    /** What is wrong with a definition before any record was seen; empty if nothing. */
    public static List<FieldProblem> problems(ModelDefinition definition) {
        if (!hasTopic(definition)) {
            return List.of(new FieldProblem(
                    "", "invalid-topic", "The topic must be 1 to 249 letters, digits, '.', '_' or '-'."));
        }
        try {
            recipe(definition, NO_FIELDS);
            return LayoutLearner.problems(schema(definition), hints(definition));
        } catch (AvroRuntimeException e) {
            return List.of(new FieldProblem("", "invalid-schema", "The schema is no Avro schema of a record."));
        } catch (IllegalArgumentException e) {
            return List.of(new FieldProblem(
                    "", "invalid-settings", "The settings cannot be learned with: " + e.getMessage() + "."));
        }
    }

    /** Whether a model, and so the topic of its samples, can have that name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Whether the name of the topic is one that Kafka takes. */
    public static boolean hasTopic(ModelDefinition definition) {
        return TOPIC.matcher(definition.getTopic()).matches();
    }

    /** Its hints, by field. */
    public static Map<String, Hint> hints(ModelDefinition definition) {
        Map<String, Hint> hints = new LinkedHashMap<>();
        definition
                .getHints()
                .forEach((field, hint) -> hints.put(
                        field, new Hint(Hint.Kind.valueOf(hint.getKind().name()), hint.getShape(), hint.getFrame())));
        return hints;
    }

    /** Dotted paths of what it leaves out. */
    public static List<String> omitted(ModelDefinition definition) {
        return hints(definition).entrySet().stream()
                .filter(hint -> hint.getValue().kind() == Hint.Kind.OMIT)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The preset with what the definition overrides.
     *
     * @throws IllegalArgumentException naming setting, value and what it may be
     */
    public static Recipe recipe(ModelDefinition definition, RowShape shape) {
        ModelSettings settings = definition.getSettings();
        Recipe recipe = Recipe.preset(settings.getPreset(), shape);
        recipe = settings.getObjective() == null ? recipe : recipe.withObjective(objective(settings.getObjective()));
        recipe = settings.getBatch() == null ? recipe : recipe.withBatch(settings.getBatch());
        recipe = settings.getLearningRate() == null ? recipe : recipe.withLearningRate(settings.getLearningRate());
        recipe = settings.getPenalty() == null ? recipe : recipe.withPenalty(settings.getPenalty(), shape);
        recipe = settings.getCompletion() == null ? recipe : recipe.withCompletion(settings.getCompletion());
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
