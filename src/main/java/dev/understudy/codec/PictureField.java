package dev.understudy.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An image or a video: pixels in [-1, 1] in a row, or as bytes in {@link MadeRows}. */
abstract sealed class PictureField extends OptionalField permits ImageField, VideoField {
    private final Pixels pixels;

    /**
     * @param frequencies of missing and present; empty if it was never missing
     */
    PictureField(SchemaField source, float[] frequencies, Span.Value value, Pixels pixels) {
        super(source, frequencies, value);
        this.pixels = pixels;
    }

    /** As {@link LayoutJson} calls it. */
    abstract String kind();

    @Override
    final void describe(ObjectNode json) {
        json.put("kind", kind());
        pixels.describe(json);
        LayoutJson.addAll(json.putArray("frequencies"), frequencies());
    }

    /** Whether its pixels are bytes in a record. */
    final boolean ofBytes() {
        return pixels instanceof BytePixels;
    }

    @Override
    final int write(Object avro, float[] rows, int at) {
        pixels.encode(avro, rows, at);
        return pixels.covers(avro) ? 0 : 1;
    }

    @Override
    final Object read(float[] rows, int at) {
        return pixels.decode(rows, at);
    }

    /** What {@link #decode(float[], int, int)} does where its pixels are bytes already, from index {@code at} of {@code levels} on. */
    final Object decode(float[] rows, int choiceAt, byte[] levels, int at) {
        return missing(rows, choiceAt) ? null : ((BytePixels) pixels).decode(levels, at);
    }
}
