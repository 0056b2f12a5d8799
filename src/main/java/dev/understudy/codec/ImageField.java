package dev.understudy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.avro.Schema;

/** A picture: {@code [height, width, channels]} in the record, {@code [channels, height, width]} in [-1, 1] in a row. */
final class ImageField extends PictureField {
    static final String KIND = "image";

    /**
     * @param frequencies of missing and present; empty if it was never missing
     */
    ImageField(SchemaField source, float[] frequencies, Pixels pixels) {
        super(source, frequencies, shape(source), pixels);
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
    String kind() {
        return KIND;
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
}
