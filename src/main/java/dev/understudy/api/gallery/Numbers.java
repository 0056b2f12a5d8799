package dev.understudy.api.gallery;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.generic.GenericFixed;

/** Numbers in (nested) arrays, in bytes or in fixed, the last side fastest. */
final class Numbers {
    private static final double LARGEST = 1e100;

    private Numbers() {}

    /** Whether an axis can show a number: not if it is not finite, or so large or small that ticks overflow. */
    static boolean drawable(double number) {
        double size = Math.abs(number);
        return size == 0 || (size >= 1 / LARGEST && size <= LARGEST);
    }

    /** Exactly that many numbers that can be drawn, bytes as 0 to 255; null if the value holds something else. */
    static double[] of(Object avro, int count) {
        double[] numbers = new double[count];
        return copy(avro, numbers, 0) == count ? numbers : null;
    }

    /** Copies from {@code at} on; returns where it ended, or -1 if something does not fit. */
    private static int copy(Object avro, double[] into, int at) {
        if (avro instanceof List<?> items) {
            int next = at;
            for (int i = 0; i < items.size() && next >= 0; i++) {
                next = copy(items.get(i), into, next);
            }
            return next;
        }
        if (avro instanceof ByteBuffer bytes) {
            return copy(bytes.slice(), into, at);
        }
        if (avro instanceof GenericFixed fixed) {
            return copy(ByteBuffer.wrap(fixed.bytes()), into, at);
        }
        if (avro instanceof Number number && at < into.length && drawable(number.doubleValue())) {
            into[at] = number.doubleValue();
            return at + 1;
        }
        return -1;
    }

    private static int copy(ByteBuffer bytes, double[] into, int at) {
        if (bytes.remaining() > into.length - at) {
            return -1;
        }
        for (int i = 0; i < bytes.limit(); i++) {
            into[at + i] = bytes.get(i) & 0xff;
        }
        return at + bytes.limit();
    }
}
