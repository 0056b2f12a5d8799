package dev.understudy.gan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file of weights says about itself, in metadata keys that start with {@code gan.}.
 *
 * @param kind what it holds: {@code generator} or {@code trainer}
 * @param shape shape of the rows
 * @param recipe sizes and hyperparameters
 * @param seed seed of a trainer, else 0
 * @param steps steps taken
 * @param augmentation share of rows that a trainer moves, else 0; absent for 0
 */
record ModelFile(String kind, RowShape shape, Recipe recipe, long seed, long steps, float augmentation) {

    static final String GENERATOR = "generator";
    static final String TRAINER = "trainer";

    /** Version of the networks that a shape and a recipe stand for: raised when old weights no longer fit new code. */
    private static final String VERSION = "2";

    private static final String RESERVED = "gan.";

    private static final ObjectMapper JSON = new ObjectMapper()
            .addMixIn(Span.Value.class, ValueKinds.class)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Span.None.class, name = "none"),
        @JsonSubTypes.Type(value = Span.Scalar.class, name = "scalar"),
        @JsonSubTypes.Type(value = Span.Image.class, name = "image"),
        @JsonSubTypes.Type(value = Span.Video.class, name = "video"),
        @JsonSubTypes.Type(value = Span.Text.class, name = "text"),
        @JsonSubTypes.Type(value = Span.Series.class, name = "series")
    })
    private interface ValueKinds {}

    /** This and the caller's own, as metadata. */
    Map<String, String> metadata(Map<String, String> callers) {
        callers.keySet().stream()
                .filter(key -> key.startsWith(RESERVED))
                .findAny()
                .ifPresent(key -> {
                    throw new IllegalArgumentException(
                            "metadata key " + key + " is reserved, as all that start with gan.");
                });
        var all = new TreeMap<>(callers);
        all.put("gan.version", VERSION);
        all.put("gan.kind", kind);
        all.put("gan.shape", json(shape));
        all.put("gan.recipe", recipe.toJson());
        all.put("gan.seed", Long.toString(seed));
        all.put("gan.steps", Long.toString(steps));
        if (augmentation > 0) {
            all.put("gan.augmentation", Float.toString(augmentation));
        }
        return all;
    }

    private static String json(RowShape shape) {
        try {
            return JSON.writeValueAsString(shape);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write a shape", e);
        }
    }

    /** Reads it back from metadata. */
    static ModelFile of(Map<String, String> metadata, String expectedKind) throws IOException {
        if (!VERSION.equals(metadata.get("gan.version")) || !expectedKind.equals(metadata.get("gan.kind"))) {
            throw new IOException("it holds a %s of version %s, expected a %s of version %s"
                    .formatted(metadata.get("gan.kind"), metadata.get("gan.version"), expectedKind, VERSION));
        }
        try {
            return new ModelFile(
                    expectedKind,
                    JSON.readValue(metadata.get("gan.shape"), RowShape.class),
                    Recipe.fromJson(metadata.get("gan.recipe")),
                    Long.parseLong(metadata.get("gan.seed")),
                    Long.parseLong(metadata.get("gan.steps")),
                    Float.parseFloat(metadata.getOrDefault("gan.augmentation", "0")));
        } catch (IllegalArgumentException | JsonProcessingException e) {
            throw new IOException("its metadata cannot be read: " + e.getMessage(), e);
        }
    }

    /** Cuts weights into tensors whose names start with {@code prefix}. */
    static List<Safetensors.Tensor> tensors(String prefix, Network network, float[] weights) {
        var pieces = Parameter.split(network.parameters(), weights);
        var tensors = new ArrayList<Safetensors.Tensor>();
        for (int i = 0; i < pieces.size(); i++) {
            var parameter = network.parameters().get(i);
            tensors.add(new Safetensors.Tensor(prefix + parameter.name(), parameter.shape(), pieces.get(i)));
        }
        return tensors;
    }

    /** Reads the weights that {@link #tensors} cut. */
    static float[] weights(Safetensors.Reader reader, String prefix, Network network) throws IOException {
        float[] weights = new float[network.size()];
        int offset = 0;
        for (Parameter parameter : network.parameters()) {
            float[] piece = reader.read(prefix + parameter.name(), parameter.shape());
            System.arraycopy(piece, 0, weights, offset, piece.length);
            offset += piece.length;
        }
        return weights;
    }

    static UncheckedIOException unreadable(Path file, IOException cause) {
        return new UncheckedIOException("cannot read " + file + ": " + cause.getMessage(), cause);
    }
}
