package dev.understudy.learning.evaluate;

import dev.understudy.codec.Span;

/**
 * A series, or a single number. Of a long series the steps of each stretch are summed up, which is how far the stretch went;
 * divided by the root of their number, so that independent steps keep their variance.
 */
final class SeriesInputs implements FieldInputs {
    private static final int MAX_WIDTH = 256;

    private final Span span;
    private final int steps;
    private final int channels;
    private final int stretch;

    SeriesInputs(Span span, int steps, int channels) {
        int stretches = Math.max(1, MAX_WIDTH / channels);
        this.span = span;
        this.steps = steps;
        this.channels = channels;
        this.stretch = Math.max(1, (steps + stretches - 1) / stretches);
    }

    @Override
    public int width() {
        return (steps + stretch - 1) / stretch * channels;
    }

    @Override
    public void extract(float[] rows, int row, float[] inputs, int to) {
        float weight = (float) (1 / Math.sqrt(stretch));
        for (int i = 0; i < steps * channels; i++) {
            int target = to + i / channels / stretch * channels + i % channels;
            inputs[target] += weight * rows[row + span.valueOffset() + i];
        }
    }
}
