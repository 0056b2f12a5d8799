package dev.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.codec.FieldProblem;
import dev.understudy.model.Definitions;
import dev.understudy.wire.FieldHint;
import dev.understudy.wire.HintKind;
import dev.understudy.wire.ModelDefinition;
import dev.understudy.wire.ModelSettings;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

/**
 * The body of {@code PUT /models/{name}}.
 *
 * @param schema Avro schema of a record, as an object or as a string of JSON; null takes the known model's
 * @param topic the real topic; null for the model's name
 * @param hints by field name, nested ones by dotted path
 * @param preset small, base, large or classic; null for base
 * @param objective see {@code ModelSettings}; null for the preset's, as all that follow
 * @param batch rows in a training batch
 * @param learningRate peak rate of both networks
 * @param penalty gradient penalty weight
 * @param horizon steps over which the schedules run
 * @param completion share of training that goes into completing images
 * @param seed of everything random in learning; null for 0
 */
public record DefinitionBody(
        JsonNode schema,
        String topic,
        Map<String, HintBody> hints,
        String preset,
        String objective,
        Integer batch,
        Double learningRate,
        Double penalty,
        Integer horizon,
        Double completion,
        Long seed) {

    /**
     * A hint on one field.
     *
     * @param kind auto, omit, category, number, timestamp, image, video, text, dna or series; null for auto
     * @param shape of an image: height, width, channels; of a video: frames before them; of a series: steps, channels
     * @param frame of dna: 3 for coding sequences; null for 1
     */
    public record HintBody(String kind, List<Integer> shape, Integer frame) {
        FieldHint wire(String field) {
            return FieldHint.newBuilder()
                    .setKind(wireKind(field))
                    .setShape(shape == null ? List.of() : shape)
                    .setFrame(frame == null ? 1 : frame)
                    .build();
        }

        private HintKind wireKind(String field) {
            try {
                return kind == null ? HintKind.AUTO : HintKind.valueOf(kind.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw Problems.of(
                        "invalid-hint",
                        "hints." + field + ".kind must be one of "
                                + Arrays.toString(HintKind.values()).toLowerCase(Locale.ROOT) + ", got '" + kind + "'");
            }
        }
    }

    /**
     * The definition it asks for.
     *
     * @param known what the model is now, if there is one
     * @throws HttpProblem naming the field, its value and what to do
     */
    ModelDefinition definition(String name, Optional<ModelDefinition> known) {
        ModelDefinition definition = ModelDefinition.newBuilder()
                .setName(name)
                .setTopic(topic == null ? name : topic)
                .setRecordSchema(parsedSchema(known).toString())
                .setHints(wireHints())
                .setSettings(settings())
                .setSeed(seed == null ? 0 : seed)
                .build();
        refuse(Definitions.problems(definition));
        return definition;
    }

    private Schema parsedSchema(Optional<ModelDefinition> known) {
        if (schema == null || schema.isNull()) {
            return parse(known.orElseThrow(() -> Problems.of("invalid-schema", "schema is missing"))
                    .getRecordSchema());
        }
        Schema parsed = parse(schema.isTextual() ? schema.textValue() : schema.toString());
        if (parsed.getType() != Schema.Type.RECORD) {
            throw Problems.of("invalid-schema", "schema must be of a record, got " + parsed.getType());
        }
        return parsed;
    }

    private static Schema parse(String text) {
        try {
            return new SchemaParser().parse(text).mainSchema();
        } catch (AvroRuntimeException e) {
            throw Problems.of("invalid-schema", "schema is not Avro: " + e.getMessage());
        }
    }

    private Map<String, FieldHint> wireHints() {
        Map<String, FieldHint> wire = new HashMap<>();
        if (hints != null) {
            hints.forEach((field, hint) -> wire.put(field, hint.wire(field)));
        }
        return wire;
    }

    private ModelSettings settings() {
        return ModelSettings.newBuilder()
                .setPreset(preset == null ? "base" : preset)
                .setObjective(objective)
                .setBatch(batch)
                .setLearningRate(learningRate)
                .setPenalty(penalty)
                .setHorizon(horizon)
                .setCompletion(completion)
                .build();
    }

    /** Throws one problem that names all fields that cannot be learned, if there are any. */
    static void refuse(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            FieldProblem first = problems.get(0);
            String code = first.field().isEmpty() ? first.code() : "unlearnable-schema";
            throw Problems.with(code, first.message()).with("fields", problems).build();
        }
    }
}
