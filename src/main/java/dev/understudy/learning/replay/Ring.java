package dev.understudy.learning.replay;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** The most recent records, in order of arrival, with access by position. */
final class Ring {
    private static final int FIRST_SLOTS = 1024;

    private final long capacityBytes;
    private Remembered[] slots = new Remembered[FIRST_SLOTS];
    private int first;
    private int size;
    private long bytes;

    Ring(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    void add(Remembered record) {
        if (size == slots.length) {
            grow();
        }
        slots[slot(size++)] = record;
        bytes += record.weight();
    }

    /** Whether the oldest has to go; the newest always stays. */
    boolean overflows() {
        return bytes > capacityBytes && size > 1;
    }

    Remembered removeOldest() {
        Remembered oldest = slots[first];
        slots[first] = null;
        first = slot(1);
        size--;
        bytes -= oldest.weight();
        return oldest;
    }

    void reencode(UnaryOperator<byte[]> code) {
        bytes = 0;
        for (int i = 0; i < size; i++) {
            slots[slot(i)] = slots[slot(i)].reencoded(code);
            bytes += slots[slot(i)].weight();
        }
    }

    /** The record at a place, 0 to below 1, along all that are held. */
    byte[] at(double place) {
        return slots[slot(Math.min((int) (place * size), size - 1))].bytes();
    }

    int size() {
        return size;
    }

    long bytes() {
        return bytes;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(capacityBytes);
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            slots[slot(i)].write(out);
        }
    }

    static Ring read(DataInputStream in) throws IOException {
        Ring ring = new Ring(in.readLong());
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            ring.add(Remembered.read(in));
        }
        return ring;
    }

    private int slot(int position) {
        return (first + position) & (slots.length - 1);
    }

    private void grow() {
        Remembered[] unrolled = Arrays.copyOf(slots, 2 * slots.length);
        for (int i = 0; i < size; i++) {
            unrolled[i] = slots[slot(i)];
        }
        slots = unrolled;
        first = 0;
    }
}
