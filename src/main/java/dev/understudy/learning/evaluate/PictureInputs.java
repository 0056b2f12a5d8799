package dev.understudy.learning.evaluate;

import dev.understudy.codec.Span;

/** An image or a video with every frame averaged down: texture that fine is noise to a random network. */
final class PictureInputs implements FieldInputs {
    private static final int MAX_SIDE = 32;
    private static final int MAX_WIDTH = 3 * MAX_SIDE * MAX_SIDE;

    private final Span span;
    private final int layers;
    private final int height;
    private final int columns;
    private final int stride;

    PictureInputs(Span span, int frames, int height, int columns, int channels) {
        this.span = span;
        this.layers = frames * channels;
        this.height = height;
        this.columns = columns;
        int coarse = ceilDiv(Math.max(height, columns), MAX_SIDE);
        while (layers * ceilDiv(height, coarse) * ceilDiv(columns, coarse) > MAX_WIDTH) {
            coarse++;
        }
        this.stride = coarse;
    }

    @Override
    public int width() {
        return layers * ceilDiv(height, stride) * ceilDiv(columns, stride);
    }

    @Override
    public void extract(float[] rows, int row, float[] inputs, int to) {
        int from = row + span.valueOffset();
        int pooledRows = ceilDiv(height, stride);
        int pooledColumns = ceilDiv(columns, stride);
        for (int line = 0; line < layers * height; line++) {
            int target = to + (line / height * pooledRows + line % height / stride) * pooledColumns;
            for (int x = 0; x < columns; x++) {
                inputs[target + x / stride] += rows[from + line * columns + x] / (stride * stride);
            }
        }
    }

    private static int ceilDiv(int amount, int parts) {
        return (amount + parts - 1) / parts;
    }
}
