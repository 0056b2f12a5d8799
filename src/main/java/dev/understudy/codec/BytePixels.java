package dev.understudy.codec;

import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;

/** Pixels in bytes or fixed, one unsigned byte a number. */
final class BytePixels implements Pixels {
    private static final float[] LEVELS = new float[256];

    static {
        for (int level = 0; level < LEVELS.length; level++) {
            LEVELS[level] = level / 127.5f - 1;
        }
    }

    private final SchemaField source;
    private final Span.Video shape;
    private final int plane;

    BytePixels(SchemaField source) {
        this.source = source;
        this.shape = Pixels.shape(source);
        this.plane = shape.height() * shape.columns();
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

    /** A view of the bytes from the first one on. */
    private ByteBuffer bytes(Object avro) {
        ByteBuffer bytes;
        if (avro instanceof ByteBuffer buffer) {
            bytes = buffer.slice();
        } else if (avro instanceof GenericFixed fixed) {
            bytes = ByteBuffer.wrap(fixed.bytes());
        } else {
            throw source.wrongType();
        }
        if (bytes.remaining() != shape.width()) {
            throw source.wrongSize(bytes.remaining() + " bytes");
        }
        return bytes;
    }

    @Override
    public void encode(Object avro, float[] rows, int at) {
        ByteBuffer bytes = bytes(avro);
        int channels = shape.channels();
        for (int layer = 0; layer < shape.frames() * channels; layer++) {
            int from = first(layer);
            int to = at + layer * plane;
            for (int pixel = 0; pixel < plane; pixel++) {
                rows[to + pixel] = LEVELS[bytes.get(from + pixel * channels) & 0xff];
            }
        }
    }

    /** Index in the bytes of the first pixel of one frame's channel. */
    private int first(int layer) {
        int channels = shape.channels();
        return layer / channels * plane * channels + layer % channels;
    }

    @Override
    public Object decode(float[] rows, int at) {
        byte[] levels = new byte[shape.width()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = level(rows[at + i]);
        }
        return decode(levels, 0);
    }

    /** The same of pixels that are bytes already, 0 for -1 and 255 for 1. */
    Object decode(byte[] levels, int at) {
        byte[] bytes = new byte[shape.width()];
        int channels = shape.channels();
        for (int layer = 0; layer < shape.frames() * channels; layer++) {
            int from = at + layer * plane;
            for (int pixel = 0, to = first(layer); pixel < plane; pixel++, to += channels) {
                bytes[to] = levels[from + pixel];
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
