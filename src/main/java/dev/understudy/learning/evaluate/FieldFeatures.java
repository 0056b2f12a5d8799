package dev.understudy.learning.evaluate;

import dev.understudy.codec.Span;
import org.apache.commons.rng.UniformRandomProvider;

/** The first layer of the embedding, for one field. */
final class FieldFeatures {
    private static final int FEW = 16;
    private static final int MANY = 64;

    private final FieldInputs inputs;
    private final Dense dense;

    private FieldFeatures(FieldInputs inputs, Dense dense) {
        this.inputs = inputs;
        this.dense = dense;
    }

    static FieldFeatures fit(Span span, int rowWidth, UniformRandomProvider draws, float[] reference, int count) {
        FieldInputs inputs = FieldInputs.of(span);
        int width = inputs.width();
        Dense dense = Dense.random(width, width <= MANY ? FEW : MANY, draws);
        float[] extracted = new float[count * width];
        for (int row = 0; row < count; row++) {
            inputs.extract(reference, row * rowWidth, extracted, row * width);
        }
        return new FieldFeatures(inputs, dense.standardised(1, new Points(extracted, count, width)));
    }

    int width() {
        return dense.outputs();
    }

    /** Writes the features of the row that starts at {@code from}. */
    void write(float[] rows, int from, float[] features, int to) {
        float[] extracted = new float[inputs.width()];
        inputs.extract(rows, from, extracted, 0);
        dense.apply(extracted, 0, features, to);
    }
}
