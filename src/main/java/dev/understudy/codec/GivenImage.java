package dev.understudy.codec;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * An image that samples must have, whole or in part.
 *
 * @param bytes {@code [height, width, channels]}
 * @param known {@code [height, width]}, nonzero where the pixel is given; null if all are
 */
record GivenImage(ImageField field, Span span, byte[] bytes, byte[] known) implements Given.Entry {
    /** What follows the name of an image where its known pixels are given. */
    static final String KNOWN = ".known";

    /**
     * What a requester means.
     *
     * @param values those given, the image's own not null
     * @return empty if no pixel is known
     * @throws UnsuitableValueException if image or mask are of the wrong type or size
     */
    static Optional<Given.Entry> read(ImageField field, Span span, Map<String, ?> values) {
        String name = field.source().name();
        Span.Image shape = field.shape();
        byte[] bytes = bytes(field, name, values.get(name), shape.width());
        byte[] known = values.get(name + KNOWN) == null
                ? null
                : bytes(field, name + KNOWN, values.get(name + KNOWN), shape.height() * shape.columns());
        return known != null && isZero(known)
                ? Optional.empty()
                : Optional.of(new GivenImage(field, span, bytes, known));
    }

    private static boolean isZero(byte[] known) {
        for (byte pixel : known) {
            if (pixel != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(ImageField field, String name, Object value, int count) {
        byte[] bytes;
        if (value instanceof ByteBuffer buffer) {
            bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
        } else {
            bytes = decoded(name, value, count);
        }
        if (bytes.length != count) {
            throw unsuitable(
                    name,
                    "wrong-size",
                    "must be " + count + " bytes for the shape "
                            + field.source().hint().shape() + "; it is " + bytes.length + " bytes.");
        }
        return bytes;
    }

    /** Base64 of either alphabet: that of addresses has - and _ for + and /. */
    private static byte[] decoded(String name, Object value, int count) {
        try {
            if (value instanceof CharSequence text) {
                return Base64.getDecoder()
                        .decode(text.toString().trim().replace('-', '+').replace('_', '/'));
            }
        } catch (IllegalArgumentException e) {
            // Not base64: refused below, as all else that is not bytes.
        }
        throw unsuitable(
                name, "wrong-type", "must be " + count + " bytes or their base64; it is " + Wording.quote(value) + ".");
    }

    private static UnsuitableValueException unsuitable(String name, String code, String complaint) {
        return new UnsuitableValueException(new FieldProblem(name, code, "Field '" + name + "' " + complaint));
    }

    @Override
    public List<Span> spans() {
        return List.of(span);
    }

    /** Unknown pixels are not numbers. */
    @Override
    public void encode(UniformRandomProvider draws, float[] rows, int base) {
        int valueAt = base + span.valueOffset();
        field.encode(ByteBuffer.wrap(bytes), draws, rows, base + span.choiceOffset(), valueAt);
        for (int i = 0; known != null && i < bytes.length; i++) {
            if (known[i % known.length] == 0) {
                rows[valueAt + i] = Float.NaN;
            }
        }
    }

    /** Pixels that are not known stay as they were made. */
    @Override
    public void overwrite(GenericRecord sample) {
        byte[] whole = bytes.clone();
        if (known != null) {
            byte[] made = made(field.source().path().read(sample));
            int channels = field.shape().channels();
            for (int i = 0; i < whole.length; i++) {
                whole[i] = known[i / channels] == 0 ? made[i] : whole[i];
            }
        }
        boolean fixed = field.source().type().getType() == Schema.Type.FIXED;
        field.source()
                .path()
                .write(sample, fixed ? new GenericData.Fixed(field.source().type(), whole) : ByteBuffer.wrap(whole));
    }

    private byte[] made(Object avro) {
        if (avro instanceof GenericFixed fixed) {
            return fixed.bytes();
        }
        byte[] made = new byte[bytes.length];
        if (avro instanceof ByteBuffer buffer) {
            buffer.duplicate().get(made);
        }
        return made;
    }
}
