package dev.understudy.codec;

import java.util.List;

/**
 * Where one field, or one part of a timestamp, lies in a row: a one-hot choice, a value, or both.
 *
 * <p>A choice of {@code choices} floats says which class the field is in. A value, where there is one, is live if the field
 * has no choice, or if its choice is the last class (the gate): a number is one of its atoms or <em>the rest</em>, an
 * optional image is missing or <em>present</em>. A string's choice is its length, and tells which of its places are live. What
 * is not live is all zeros.
 *
 * @param field name of the field, nested ones by dotted path; of a timestamp's further parts followed by {@code .weekday} or
 *     {@code .time}, so a path in the record only if {@link RecordLayout#spansByField} has it
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

    /** A video in [-1, 1], one image after the other: {@code [frames, channels, height, width]}. */
    public record Video(int frames, int height, int columns, int channels) implements Value {
        @Override
        public int width() {
            return frames * height * columns * channels;
        }
    }

    /**
     * A string, {@code [longest, symbols]}: a one-hot symbol at each place, zeros from the string's end on. The choice, if there
     * is one, says how long it is.
     *
     * @param symbols size of the alphabet, at least 1
     * @param frame places that belong together and keep step with the start (3 in a coding sequence), 1 if none do
     * @param lengths length of the string in each class of the choice, 0 for missing and for empty; the one length of all
     *     strings if there is no choice
     */
    public record Text(int symbols, int frame, List<Integer> lengths) implements Value {

        public Text {
            lengths = List.copyOf(lengths);
        }

        /** Places: the largest length, rounded up to whole frames. */
        public int longest() {
            int longest = lengths.stream().reduce(1, Math::max);
            return (longest + frame - 1) / frame * frame;
        }

        @Override
        public int width() {
            return longest() * symbols;
        }
    }

    /**
     * A series, {@code [steps, channels]}: its first value, then the way from each to the next, each whitened across the
     * channels, so that every float has mean 0 and variance 1 over the real records and none is correlated with its neighbour in
     * the same step.
     *
     * @param first affine map from the first {@code channels} floats to the first value, {@code [channels, channels + 1]}, row
     *     by row, the constant last; values are normal scores (a standard normal over the real records, channel by channel)
     * @param next the same from each later step to the difference between two values that follow each other
     */
    public record Series(int steps, int channels, List<Float> first, List<Float> next) implements Value {

        public Series {
            first = List.copyOf(first);
            next = List.copyOf(next);
        }

        @Override
        public int width() {
            return steps * channels;
        }
    }

    /** Whether the value is live only if the choice is its last class. */
    public boolean gated() {
        return choices > 0 && value.width() > 0 && !(value instanceof Text);
    }

    /** Whether its value has a part of the row, and networks, of its own. */
    public boolean separate() {
        return !(value instanceof None || value instanceof Scalar);
    }
}
