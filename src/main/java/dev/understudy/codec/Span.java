package dev.understudy.codec;

/**
 * Where one field lies in a row: a one-hot choice, a value, or both.
 *
 * <p>A choice of {@code choices} floats says which class the field is in. A value, where there is one, is live if the field
 * has no choice, or if its choice is the last class (the gate): a number is one of its atoms or <em>the rest</em>, an
 * optional image is missing or <em>present</em>. A value that is not live is all zeros.
 *
 * @param field name of the field, nested ones by dotted path
 * @param choiceOffset index in the row of the first class, if {@code choices > 0}
 * @param choices number of classes, 0 or at least 2
 * @param valueOffset index in the row of the first float of the value, if {@code value.width() > 0}
 * @param value shape of the value
 */
public record Span(String field, int choiceOffset, int choices, int valueOffset, Value value) {

    /** Shape of the value part of a span. */
    public sealed interface Value {

        /** Floats it takes in a row. */
        int width();
    }

    /** No value: the choice says it all. */
    public record None() implements Value {
        @Override
        public int width() {
            return 0;
        }
    }

    /** One number, standard normal over the real records. */
    public record Scalar() implements Value {
        @Override
        public int width() {
            return 1;
        }
    }

    /** An image in [-1, 1], channel-major: {@code [channels, height, width]}. */
    public record Image(int height, int columns, int channels) implements Value {
        @Override
        public int width() {
            return height * columns * channels;
        }
    }

    /** Whether the value is live only if the choice is its last class. */
    public boolean gated() {
        return choices > 0 && value.width() > 0;
    }
}
