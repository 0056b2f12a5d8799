package dev.understudy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.avro.Schema;

/**
 * How the pixels of an image or a video lie in a record, {@code [frames, height, width, channels]}, and in a row,
 * {@code [frames, channels, height, width]} in [-1, 1]. Immutable.
 */
sealed interface Pixels permits BytePixels, NumberPixels {

    /** Pixels of a field: bytes from 0 to 255 whatever was seen, arrays of numbers in the range that was. */
    static Pixels of(SchemaField source, double black, double white) {
        return source.type().getType() == Schema.Type.ARRAY
                ? new NumberPixels(source, black, white)
                : new BytePixels(source);
    }

    /** Reads what {@link #describe} wrote. */
    static Pixels read(SchemaField source, JsonNode json) {
        return of(
                source,
                json.required("black").asDouble(),
                json.required("white").asDouble());
    }

    /** Writes the range for {@link LayoutJson}. */
    default void describe(ObjectNode json) {
        json.put("black", black()).put("white", white());
    }

    /** The number that becomes -1. */
    double black();

    /** The number that becomes 1. */
    double white();

    double smallest(Object avro);

    double largest(Object avro);

    /** Whether all pixels lie in the range. */
    default boolean covers(Object avro) {
        return smallest(avro) >= black() && largest(avro) <= white();
    }

    /**
     * Refuses an image of the wrong size or type.
     *
     * @throws UnsuitableValueException if it is one
     */
    void check(Object avro);

    /** Writes the pixels from index {@code at} on. */
    void encode(Object avro, float[] rows, int at);

    /** Reads the pixels at index {@code at}; the caller owns them. */
    Object decode(float[] rows, int at);

    /** The hint's shape; an image is a video of one frame. */
    static Span.Video shape(SchemaField source) {
        List<Integer> sides = source.hint().shape();
        int first = sides.size() - 3;
        return new Span.Video(
                first == 0 ? 1 : sides.get(0), sides.get(first), sides.get(first + 1), sides.get(first + 2));
    }

    /** Finds the range of the numbers of an image or a video. */
    final class Learner implements FieldLearner {

        /** Makes the field of what was learned. */
        interface Maker {
            LearnedField make(SchemaField source, float[] frequencies, Pixels pixels);
        }

        private final SchemaField source;
        private final Maker maker;
        private final Pixels pixels;
        private long present;
        private long missing;
        private double black = Double.POSITIVE_INFINITY;
        private double white = Double.NEGATIVE_INFINITY;

        Learner(SchemaField source, Maker maker) {
            this.source = source;
            this.maker = maker;
            this.pixels = Pixels.of(source, 0, 255);
        }

        @Override
        public void check(Object key) {
            if (key != null) {
                pixels.check(key);
            }
        }

        @Override
        public void observe(Object key) {
            if (key == null) {
                missing++;
                return;
            }
            present++;
            black = Math.min(black, pixels.smallest(key));
            white = Math.max(white, pixels.largest(key));
        }

        @Override
        public void merge(FieldLearner other) {
            Learner more = (Learner) other;
            missing += more.missing;
            present += more.present;
            black = Math.min(black, more.black);
            white = Math.max(white, more.white);
        }

        @Override
        public boolean constant() {
            return present == 0;
        }

        @Override
        public LearnedField learn() {
            return present == 0
                    ? new ConstantField(source, null)
                    : maker.make(
                            source,
                            OptionalField.frequencies(missing, present),
                            Pixels.of(source, black, Math.max(white, black + 1e-9)));
        }
    }
}
