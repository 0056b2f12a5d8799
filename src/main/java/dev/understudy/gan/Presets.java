package dev.understudy.gan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeSet;

/**
 * The presets of presets.json. A recipe is what all share, overlaid by what suits the kind of row, then by the preset: by what
 * it says of every kind, last by what it says of this one.
 */
final class Presets {

    /** An object is overlaid key by key, an array is replaced. */
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        JSON.configOverride(ArrayNode.class).setMergeable(false);
    }

    private static final JsonNode FILE = read();

    private Presets() {}

    private static JsonNode read() {
        try (InputStream file = Presets.class.getResourceAsStream("/presets.json")) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read presets.json", e);
        }
    }

    static Recipe recipe(String name, RowShape shape) {
        var preset = FILE.path("presets").path(name);
        if (preset.isMissingNode()) {
            var names = new TreeSet<String>();
            FILE.path("presets").fieldNames().forEachRemaining(names::add);
            throw new IllegalArgumentException("preset is " + name + ", must be one of " + names);
        }
        var kind = kind(shape);
        ObjectNode recipe = FILE.required("all").deepCopy();
        recipe.put("preset", name);
        try {
            for (JsonNode layer :
                    List.of(FILE.required("kinds").required(kind), preset.required("all"), preset.path(kind))) {
                if (!layer.isMissingNode()) {
                    JSON.readerForUpdating(recipe).readValue(layer);
                }
            }
            return JSON.treeToValue(recipe, Recipe.class);
        } catch (IOException e) {
            throw new UncheckedIOException("preset " + name + " is no recipe for " + kind, e);
        }
    }

    /** What the networks of a row spend most of their time on. */
    private static String kind(RowShape shape) {
        var values = shape.separate().stream().map(Span::value).toList();
        if (values.stream().anyMatch(value -> value instanceof Span.Image || value instanceof Span.Video)) {
            return "images";
        }
        if (values.stream().anyMatch(Span.Text.class::isInstance)) {
            return "texts";
        }
        return values.isEmpty() ? "tables" : "series";
    }
}
