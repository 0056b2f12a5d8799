package dev.understudy.learning.replay;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Records that no step ever sees: every n-th by the hash of its bytes, so that a record that comes twice lands on the same
 * side both times. Rolling: the newest stay. <em>Thread safety</em>: one owner.
 */
public final class Holdout {
    private final int oneIn;
    private final int capacity;
    private final Deque<byte[]> held = new ArrayDeque<>();

    /**
     * @param oneIn share of the records it claims, as one in so many, at least 2
     * @param capacity records held
     */
    public Holdout(int oneIn, int capacity) {
        if (oneIn < 2) {
            throw new IllegalArgumentException(
                    "one record in " + oneIn + " held out leaves none to train on, 2 is the least");
        }
        this.oneIn = oneIn;
        this.capacity = capacity;
    }

    /** Keeps the record if it belongs here; false if it may be trained on. */
    public boolean claims(byte[] bytes) {
        if (!belongs(bytes)) {
            return false;
        }
        held.addLast(bytes);
        if (held.size() > capacity) {
            held.removeFirst();
        }
        return true;
    }

    /** Of the plain hash only the low bits would be used: mixed first, so that every byte counts. */
    private boolean belongs(byte[] bytes) {
        int mixed = Arrays.hashCode(bytes) * 0x9E3779B9;
        return Integer.remainderUnsigned(mixed ^ (mixed >>> 16), oneIn) == 0;
    }

    /** Records held. */
    public int size() {
        return held.size();
    }

    /** The newest of them, at most {@code count}, oldest first. */
    public List<byte[]> newest(int count) {
        List<byte[]> all = new ArrayList<>(held);
        return all.subList(Math.max(0, all.size() - count), all.size());
    }

    void reencode(UnaryOperator<byte[]> code) {
        List<byte[]> before = List.copyOf(held);
        held.clear();
        before.forEach(bytes -> held.addLast(code.apply(bytes)));
    }

    /** Writes all of it. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(oneIn);
        out.writeInt(capacity);
        out.writeInt(held.size());
        for (byte[] bytes : held) {
            new Remembered(bytes, 0).write(out);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Holdout read(DataInputStream in) throws IOException {
        Holdout holdout = new Holdout(in.readInt(), in.readInt());
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            holdout.held.addLast(Remembered.read(in).bytes());
        }
        return holdout;
    }
}
