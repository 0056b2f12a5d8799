package dev.understudy.api.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of bytes up to a length; of a longer one only the end is looked for. */
final class Lines implements Closeable {
    private static final int BLOCK = 1 << 16;

    private final InputStream in;
    private final int limit;
    private final byte[] block = new byte[BLOCK];
    private int next;
    private int end;
    private byte[] line = new byte[256];
    private int length;
    private boolean tooLong;

    Lines(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** Moves to the next line; false at the end. */
    boolean advance() throws IOException {
        length = 0;
        tooLong = false;
        while (true) {
            if (next == end && !fill()) {
                return length > 0 || tooLong;
            }
            int newline = find();
            append(newline < 0 ? end : newline);
            if (newline >= 0) {
                next = newline + 1;
                return true;
            }
            next = end;
        }
    }

    private boolean fill() throws IOException {
        next = 0;
        end = Math.max(0, in.read(block));
        return end > 0;
    }

    private int find() {
        for (int i = next; i < end; i++) {
            if (block[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void append(int to) {
        int more = to - next;
        tooLong |= (long) length + more > limit;
        if (tooLong) {
            return;
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(length + more, (int) Math.min(limit, line.length * 2L)));
        }
        System.arraycopy(block, next, line, length, more);
        length += more;
    }

    /** Whether the line is longer than the limit, and so lost. */
    boolean tooLong() {
        return tooLong;
    }

    /** A copy of the line. */
    byte[] bytes() {
        return Arrays.copyOf(line, length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
