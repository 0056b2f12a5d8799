package dev.understudy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** A picture: {@code [height, width, channels]} in the record, {@code [channels, height, width]} in [-1, 1] in a row. */
final class ImageField extends OptionalField {
    static final String KIND = "image";

    private final Pixels pixels;

    /**
     * @param frequencies of missing and present; empty if it was never missing
     */
    ImageField(SchemaField source, float[] frequencies, Pixels pixels) {
        super(source, frequencies, shape(source));
        this.pixels = pixels;
    }

    private static Span.Image shape(SchemaField source) {
        List<Integer> sides = source.hint().shape();
        return new Span.Image(sides.get(0), sides.get(1), sides.get(2));
    }

    static FieldLearner learner(SchemaField source) {
        return new Pixels.Learner(source, ImageField::new);
    }

    static ImageField read(SchemaField source, JsonNode json) {
        return new ImageField(source, LayoutJson.floats(json.required("frequencies")), Pixels.read(source, json));
    }

    @Override
    void describe(ObjectNode json) {
        json.put("kind", KIND);
        pixels.describe(json);
        LayoutJson.addAll(json.putArray("frequencies"), frequencies());
    }

    /** If its pixels are bytes: see {@link GivenImage}. */
    @Override
    boolean givable() {
        return source().type().getType() != Schema.Type.ARRAY;
    }

    /** Its sides. */
    Span.Image shape() {
        return (Span.Image) value();
    }

    @Override
    int write(Object avro, float[] rows, int at) {
        pixels.encode(avro, rows, at);
        return pixels.covers(avro) ? 0 : 1;
    }

    @Override
    Optional<BytePixels> bytes() {
        return pixels instanceof BytePixels bytes ? Optional.of(bytes) : Optional.empty();
    }

    @Override
    Object read(float[] rows, int at) {
        return pixels.decode(rows, at);
    }
}
