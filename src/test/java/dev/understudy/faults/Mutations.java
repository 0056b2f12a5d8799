package dev.understudy.faults;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Bytes that are nearly right: what was valid, cut, torn, doubled, with bits flipped and lengths that lie; and plain noise. */
public final class Mutations {
    private static final int SCHEMAS = 10;
    private static final byte[] HUGE_LENGTH = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};

    private Mutations() {}

    /** Mutations of what is valid, one in ten of them none. */
    public static Arbitrary<byte[]> of(List<byte[]> valid) {
        return Arbitraries.randomValue(random -> mutated(valid, random));
    }

    private static byte[] mutated(List<byte[]> valid, Random random) {
        byte[] bytes = valid.get(random.nextInt(valid.size())).clone();
        return switch (random.nextInt(10)) {
            case 0 -> bytes;
            case 1 -> noise(random, random.nextInt(200));
            case 2 -> framed(random);
            case 3 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 4 -> spliced(bytes, noise(random, 1 + random.nextInt(8)), random);
            case 5 -> spliced(bytes, HUGE_LENGTH, random);
            case 6 -> spliced(bytes, part(valid.get(random.nextInt(valid.size())), random), random);
            default -> flipped(bytes, random);
        };
    }

    private static byte[] noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A header that names a schema, and noise behind it. */
    private static byte[] framed(Random random) {
        return ByteBuffer.allocate(5 + 60)
                .put((byte) 0)
                .putInt(random.nextInt(SCHEMAS))
                .put(noise(random, 60))
                .array();
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] part(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length + 1);
        return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(40)));
    }

    /** Overwrites or inserts somewhere. */
    private static byte[] spliced(byte[] bytes, byte[] piece, Random random) {
        int at = random.nextInt(bytes.length + 1);
        int rest = random.nextBoolean() ? at : Math.min(bytes.length, at + piece.length);
        return ByteBuffer.allocate(at + piece.length + bytes.length - rest)
                .put(bytes, 0, at)
                .put(piece)
                .put(bytes, rest, bytes.length - rest)
                .array();
    }
}
