package dev.understudy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A few pictures in a row: {@code [frames, height, width, channels]} in the record, {@code [frames, channels, height, width]}
 * in [-1, 1] in a row.
 */
final class VideoField extends PictureField {
    static final String KIND = "video";

    /**
     * @param frequencies of missing and present; empty if it was never missing
     */
    VideoField(SchemaField source, float[] frequencies, Pixels pixels) {
        super(source, frequencies, shape(source), pixels);
    }

    private static Span.Video shape(SchemaField source) {
        List<Integer> sides = source.hint().shape();
        return new Span.Video(sides.get(0), sides.get(1), sides.get(2), sides.get(3));
    }

    static FieldLearner learner(SchemaField source) {
        return new Pixels.Learner(source, VideoField::new);
    }

    static VideoField read(SchemaField source, JsonNode json) {
        return new VideoField(source, LayoutJson.floats(json.required("frequencies")), Pixels.read(source, json));
    }

    @Override
    String kind() {
        return KIND;
    }

    @Override
    boolean givable() {
        return false;
    }
}
