package dev.understudy.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;

/** How an image lies in a record. Immutable. */
sealed interface Pixels {

    /**
     * Pixels of a field: bytes from 0 to 255 whatever was seen, arrays of numbers in the range that was.
     */
    static Pixels of(SchemaField source, double black, double white) {
        return source.type().getType() == Schema.Type.ARRAY
                ? new Numbers(source, black, white)
                : new Bytes(source, ImageField.shape(source));
    }

    /** The number that becomes -1. */
    double black();

    /** The number that becomes 1. */
    double white();

    double smallest(Object avro);

    double largest(Object avro);

    /**
     * Refuses an image of the wrong size or type.
     *
     * @throws UnsuitableValueException if it is one
     */
    void check(Object avro);

    /** Writes an image channel-major from index {@code at} on. */
    void encode(Object avro, float[] rows, int at);

    /** Reads the image at index {@code at}; the caller owns it. */
    Object decode(float[] rows, int at);

    private static UnsuitableValueException wrongSize(SchemaField source, String size) {
        return source.unsuitable(
                "wrong-size",
                "holds " + size + ", but its shape is " + source.hint().shape() + ".");
    }

    private static UnsuitableValueException wrongType(SchemaField source) {
        return source.unsuitable(
                "wrong-type",
                "does not hold a value of its type " + source.type().getType().getName() + ".");
    }

    /** bytes or fixed, one unsigned byte a number. */
    final class Bytes implements Pixels {
        private static final float[] LEVELS = new float[256];

        static {
            for (int level = 0; level < LEVELS.length; level++) {
                LEVELS[level] = level / 127.5f - 1;
            }
        }

        private final SchemaField source;
        private final Span.Image shape;

        Bytes(SchemaField source, Span.Image shape) {
            this.source = source;
            this.shape = shape;
        }

        @Override
        public double black() {
            return 0;
        }

        @Override
        public double white() {
            return 255;
        }

        @Override
        public double smallest(Object avro) {
            return black();
        }

        @Override
        public double largest(Object avro) {
            return white();
        }

        @Override
        public void check(Object avro) {
            bytes(avro);
        }

        /** A view of an image's bytes from its first one on. */
        private ByteBuffer bytes(Object avro) {
            ByteBuffer bytes;
            if (avro instanceof ByteBuffer buffer) {
                bytes = buffer.slice();
            } else if (avro instanceof GenericFixed fixed) {
                bytes = ByteBuffer.wrap(fixed.bytes());
            } else {
                throw wrongType(source);
            }
            if (bytes.remaining() != shape.width()) {
                throw wrongSize(source, bytes.remaining() + " bytes");
            }
            return bytes;
        }

        @Override
        public void encode(Object avro, float[] rows, int at) {
            ByteBuffer bytes = bytes(avro);
            int plane = shape.height() * shape.columns();
            for (int channel = 0; channel < shape.channels(); channel++) {
                int to = at + channel * plane;
                for (int pixel = 0; pixel < plane; pixel++) {
                    rows[to + pixel] = LEVELS[bytes.get(pixel * shape.channels() + channel) & 0xff];
                }
            }
        }

        @Override
        public Object decode(float[] rows, int at) {
            int plane = shape.height() * shape.columns();
            byte[] bytes = new byte[shape.width()];
            int channels = shape.channels();
            for (int channel = 0; channel < channels; channel++) {
                int from = at + channel * plane;
                for (int pixel = 0, to = channel; pixel < plane; pixel++, to += channels) {
                    bytes[to] = level(rows[from + pixel]);
                }
            }
            return source.type().getType() == Schema.Type.FIXED
                    ? new GenericData.Fixed(source.type(), bytes)
                    : ByteBuffer.wrap(bytes);
        }

        /** Rounds, since a cast truncates; what is negative or not a number becomes black. */
        private static byte level(float number) {
            int level = (int) (number * 127.5f + 128);
            return (byte) (level < 0 ? 0 : level > 255 ? 255 : level);
        }
    }

    /** (Nested) arrays of numbers. */
    final class Numbers implements Pixels {
        private final SchemaField source;
        private final Span.Image shape;
        private final int[] lengths;
        private final double black;
        private final double white;

        Numbers(SchemaField source, double black, double white) {
            this.source = source;
            this.shape = ImageField.shape(source);
            this.lengths = NumberArrays.lengths(source.type(), shape);
            this.black = black;
            this.white = white;
        }

        @Override
        public double black() {
            return black;
        }

        @Override
        public double white() {
            return white;
        }

        @Override
        public double smallest(Object avro) {
            return Arrays.stream(numbers(avro)).min().orElse(black);
        }

        @Override
        public double largest(Object avro) {
            return Arrays.stream(numbers(avro)).max().orElse(white);
        }

        @Override
        public void check(Object avro) {
            numbers(avro);
        }

        private double[] numbers(Object avro) {
            double[] numbers = new double[shape.width()];
            try {
                if (NumberArrays.flatten(avro, lengths, 0, numbers, 0) < 0) {
                    throw wrongSize(source, "an array of another length");
                }
            } catch (ClassCastException | NullPointerException e) {
                throw wrongType(source);
            }
            if (!Arrays.stream(numbers).allMatch(Double::isFinite)) {
                throw source.unsuitable("not-finite", "holds a number that is not finite.");
            }
            return numbers;
        }

        @Override
        public void encode(Object avro, float[] rows, int at) {
            double[] numbers = numbers(avro);
            int plane = shape.height() * shape.columns();
            for (int i = 0; i < numbers.length; i++) {
                double part = Math.max(0, Math.min(1, (numbers[i] - black) / (white - black)));
                rows[at + i % shape.channels() * plane + i / shape.channels()] = (float) (2 * part - 1);
            }
        }

        @Override
        public Object decode(float[] rows, int at) {
            double[] numbers = new double[shape.width()];
            int plane = shape.height() * shape.columns();
            for (int i = 0; i < numbers.length; i++) {
                double part = (rows[at + i % shape.channels() * plane + i / shape.channels()] + 1) / 2.0;
                numbers[i] = black + Math.max(0, Math.min(1, part)) * (white - black);
            }
            return NumberArrays.nest(source.type(), lengths, 0, numbers, 0);
        }
    }
}
