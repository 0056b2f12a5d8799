package dev.understudy.learning.replay;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A uniform sample of the records of one class. It keeps the rate at which any record it was ever offered is still held:
 * a new record is admitted at that rate, and one given up at random lowers the rate for all alike.
 */
final class Stratum {
    private final List<Remembered> held = new ArrayList<>();
    private double rate = 1;
    private long offered;
    private long bytes;

    /** Takes the record or not, as the rate says. */
    boolean offer(Remembered record, UniformRandomProvider draws) {
        offered++;
        if (draws.nextDouble() >= rate) {
            return false;
        }
        held.add(record);
        bytes += record.weight();
        return true;
    }

    Remembered evict(UniformRandomProvider draws) {
        int victim = draws.nextInt(held.size());
        // A sample of one stays open for later records: a rate of zero would close it for ever.
        rate *= Math.max(0.5, (held.size() - 1.0) / held.size());
        Remembered last = held.remove(held.size() - 1);
        Remembered gone = victim == held.size() ? last : held.set(victim, last);
        bytes -= gone.weight();
        return gone;
    }

    void reencode(UnaryOperator<byte[]> code) {
        held.replaceAll(record -> record.reencoded(code));
        bytes = held.stream().mapToLong(Remembered::weight).sum();
    }

    /** The record at a place, 0 to below 1, along all that are held. */
    byte[] at(double place) {
        return held.get(Math.min((int) (place * held.size()), held.size() - 1)).bytes();
    }

    long offered() {
        return offered;
    }

    long bytes() {
        return bytes;
    }

    int size() {
        return held.size();
    }

    void write(DataOutputStream out) throws IOException {
        out.writeDouble(rate);
        out.writeLong(offered);
        out.writeInt(held.size());
        for (Remembered record : held) {
            record.write(out);
        }
    }

    static Stratum read(DataInputStream in) throws IOException {
        Stratum stratum = new Stratum();
        stratum.rate = in.readDouble();
        stratum.offered = in.readLong();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            Remembered record = Remembered.read(in);
            stratum.held.add(record);
            stratum.bytes += record.weight();
        }
        return stratum;
    }
}
