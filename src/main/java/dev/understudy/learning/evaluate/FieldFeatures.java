package dev.understudy.learning.evaluate;

import dev.understudy.codec.Span;
import org.apache.commons.rng.UniformRandomProvider;

/** The first layer of the embedding, for one field: its choice and value, images averaged down to a modest size. */
final class FieldFeatures {
    private static final int FEW = 16;
    private static final int MANY = 64;

    /** An image side above is averaged down: texture that fine is noise to a random network. */
    private static final int MAX_SIDE = 32;

    private final Span span;
    private final int inputs;
    private final Dense dense;

    private FieldFeatures(Span span, Dense dense) {
        this.span = span;
        this.inputs = inputs(span);
        this.dense = dense;
    }

    static FieldFeatures fit(Span span, int rowWidth, UniformRandomProvider draws, float[] reference, int count) {
        int inputs = inputs(span);
        Dense dense = Dense.random(inputs, inputs <= MANY ? FEW : MANY, draws);
        float[] extracted = new float[count * inputs];
        for (int row = 0; row < count; row++) {
            extract(span, reference, row * rowWidth, extracted, row * inputs);
        }
        return new FieldFeatures(span, dense.standardised(1, new Points(extracted, count, inputs)));
    }

    int width() {
        return dense.outputs();
    }

    /** Writes the features of the row that starts at {@code from}. */
    void write(float[] rows, int from, float[] features, int to) {
        float[] extracted = new float[inputs];
        extract(span, rows, from, extracted, 0);
        dense.apply(extracted, 0, features, to);
    }

    private static int inputs(Span span) {
        return span.choices()
                + (span.value() instanceof Span.Image image
                        ? pooledWidth(image)
                        : span.value().width());
    }

    private static void extract(Span span, float[] rows, int row, float[] inputs, int to) {
        System.arraycopy(rows, row + span.choiceOffset(), inputs, to, span.choices());
        int valueTo = to + span.choices();
        if (span.value() instanceof Span.Image image) {
            pool(image, rows, row + span.valueOffset(), inputs, valueTo);
        } else {
            System.arraycopy(
                    rows,
                    row + span.valueOffset(),
                    inputs,
                    valueTo,
                    span.value().width());
        }
    }

    private static int stride(Span.Image image) {
        return ceilDiv(Math.max(image.height(), image.columns()), MAX_SIDE);
    }

    private static int pooledWidth(Span.Image image) {
        int stride = stride(image);
        return image.channels() * ceilDiv(image.height(), stride) * ceilDiv(image.columns(), stride);
    }

    private static void pool(Span.Image image, float[] rows, int from, float[] pooled, int to) {
        int stride = stride(image);
        int pooledRows = ceilDiv(image.height(), stride);
        int pooledColumns = ceilDiv(image.columns(), stride);
        for (int line = 0; line < image.channels() * image.height(); line++) {
            int target = to + (line / image.height() * pooledRows + line % image.height() / stride) * pooledColumns;
            for (int x = 0; x < image.columns(); x++) {
                pooled[target + x / stride] += rows[from + line * image.columns() + x] / (stride * stride);
            }
        }
    }

    private static int ceilDiv(int amount, int parts) {
        return (amount + parts - 1) / parts;
    }
}
