package dev.understudy.learning.evaluate;

import dev.understudy.codec.Span;

/** What the embedding sees of one field: its choice, and its value in a modest number of floats. Immutable. */
interface FieldInputs {

    /** Floats it takes. */
    int width();

    /**
     * Adds to {@code inputs}, {@link #width} zeros from {@code to} on, what the value in a row says.
     *
     * @param row index of the row's first float
     */
    void extract(float[] rows, int row, float[] inputs, int to);

    /** The choice of a field, then its value. */
    static FieldInputs of(Span span) {
        FieldInputs value = value(span);
        return new FieldInputs() {
            @Override
            public int width() {
                return span.choices() + value.width();
            }

            @Override
            public void extract(float[] rows, int row, float[] inputs, int to) {
                System.arraycopy(rows, row + span.choiceOffset(), inputs, to, span.choices());
                value.extract(rows, row, inputs, to + span.choices());
            }
        };
    }

    private static FieldInputs value(Span span) {
        if (span.value() instanceof Span.Image image) {
            return new PictureInputs(span, 1, image.height(), image.columns(), image.channels());
        }
        if (span.value() instanceof Span.Video video) {
            return new PictureInputs(span, video.frames(), video.height(), video.columns(), video.channels());
        }
        if (span.value() instanceof Span.Text text) {
            return new TextInputs(span, text);
        }
        return span.value() instanceof Span.Series series
                ? new SeriesInputs(span, series.steps(), series.channels())
                : new SeriesInputs(span, span.value().width(), 1);
    }
}
