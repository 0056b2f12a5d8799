package dev.understudy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A few pictures in a row: {@code [frames, height, width, channels]} in the record, {@code [frames, channels, height, width]}
 * in [-1, 1] in a row.
 */
final class VideoField extends OptionalField {
    static final String KIND = "video";

    private final Pixels pixels;

    /**
     * @param frequencies of missing and present; empty if it was never missing
     */
    VideoField(SchemaField source, float[] frequencies, Pixels pixels) {
        super(source, frequencies, shape(source));
        this.pixels = pixels;
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
    void describe(ObjectNode json) {
        json.put("kind", KIND);
        pixels.describe(json);
        LayoutJson.addAll(json.putArray("frequencies"), frequencies());
    }

    @Override
    boolean givable() {
        return false;
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
