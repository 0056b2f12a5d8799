package dev.understudy.learning.replay;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * All that is remembered of a topic, as one file: first a word and a version, then replay and holdout, big-endian.
 *
 * @param replay to train on
 * @param holdout to measure on
 */
public record Memory(Replay replay, Holdout holdout) {
    private static final int MAGIC = 0x554D454D; // UMEM
    private static final int VERSION = 1;

    /** Takes a record to one side or the other. */
    public void take(byte[] bytes, int stratum) {
        if (!holdout.claims(bytes)) {
            replay.remember(bytes, stratum);
        }
    }

    /** Puts other bytes in place of each record's, in the order they are held; bounds hold as before. */
    public void reencode(UnaryOperator<byte[]> code) {
        replay.reencode(code);
        holdout.reencode(code);
    }

    /** Writes it to a file, which is replaced if there is one. */
    public void save(Path file) {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            replay.write(out);
            holdout.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("the memory cannot be written to " + file, e);
        }
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @throws UncheckedIOException if the file cannot be read or is something else
     */
    public static Memory load(Path file) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            expect("magic number", MAGIC, in.readInt());
            expect("version", VERSION, in.readInt());
            return new Memory(Replay.read(in), Holdout.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException("the memory cannot be read from " + file, e);
        }
    }

    private static void expect(String what, int expected, int got) throws IOException {
        if (got != expected) {
            throw new IOException(what + " of a memory file is " + got + ", expected " + expected);
        }
    }
}
