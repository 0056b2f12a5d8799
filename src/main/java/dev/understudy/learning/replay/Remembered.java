package dev.understudy.learning.replay;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** A record as bytes, and the class it belongs to. */
record Remembered(byte[] bytes, int stratum) {
    /** What a record costs on the heap beside its bytes: two headers, a length and a reference. */
    private static final int OVERHEAD_BYTES = 56;

    /** Longest record that is believed when a file is read. */
    private static final int MAX_BYTES = 64 << 20;

    long weight() {
        return (long) bytes.length + OVERHEAD_BYTES;
    }

    Remembered reencoded(UnaryOperator<byte[]> code) {
        return new Remembered(code.apply(bytes), stratum);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(stratum);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static Remembered read(DataInputStream in) throws IOException {
        int stratum = in.readInt();
        int length = in.readInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("a remembered record of " + length + " bytes is not within 0 to " + MAX_BYTES);
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new Remembered(bytes, stratum);
    }
}
