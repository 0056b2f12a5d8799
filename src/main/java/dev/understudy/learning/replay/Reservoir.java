package dev.understudy.learning.replay;

import dev.understudy.noise.Noise;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A sample of everything offered, bounded in bytes, uniform within each stratum. When it is full, the heaviest stratum gives
 * a record up; so a rare stratum is kept whole, while a draw still takes each stratum as often as it was offered.
 *
 * <p><em>Source</em>: Vitter 1985, "Random sampling with a reservoir", algorithm R, with the slots counted in bytes.
 */
final class Reservoir {
    /** Strata above share one: a bound for the map, not for the classes of a field. */
    private static final int MAX_STRATA = 256;

    /** Keeps the draws of admission apart from those of batches, which count steps from 0. */
    private static final long ADMISSIONS = 1L << 62;

    private final long capacityBytes;
    private final long seed;
    private final TreeMap<Integer, Stratum> strata = new TreeMap<>();
    private long offered;
    private long bytes;
    private int size;

    Reservoir(long capacityBytes, long seed) {
        this.capacityBytes = capacityBytes;
        this.seed = seed;
    }

    void offer(Remembered record) {
        UniformRandomProvider draws = Noise.draws(seed, ADMISSIONS + offered++);
        Stratum stratum = strata.computeIfAbsent(record.stratum() % MAX_STRATA, any -> new Stratum());
        if (stratum.offer(record, draws)) {
            size++;
            bytes += record.weight();
        }
        while (bytes > capacityBytes) {
            evict(draws);
        }
    }

    private void evict(UniformRandomProvider draws) {
        Stratum heaviest = strata.values().stream()
                .max(Comparator.comparingLong(Stratum::bytes))
                .orElseThrow();
        bytes -= heaviest.evict(draws).weight();
        size--;
    }

    void reencode(UnaryOperator<byte[]> code) {
        strata.values().forEach(stratum -> stratum.reencode(code));
        bytes = strata.values().stream().mapToLong(Stratum::bytes).sum();
        UniformRandomProvider draws = Noise.draws(seed, ADMISSIONS - 1);
        while (bytes > capacityBytes) {
            evict(draws);
        }
    }

    /**
     * The record at a place, 0 to below 1, along all that were offered, stratum by stratum: stratification keeps, it does not
     * distort.
     */
    byte[] at(double place) {
        double left = place * offered;
        for (Stratum stratum : strata.values()) {
            if (left < stratum.offered() && stratum.size() > 0) {
                return stratum.at(left / stratum.offered());
            }
            left -= stratum.offered();
        }
        return strata.values().stream()
                .filter(stratum -> stratum.size() > 0)
                .findFirst()
                .orElseThrow()
                .at(place);
    }

    long offered() {
        return offered;
    }

    long bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(capacityBytes);
        out.writeLong(offered);
        out.writeInt(strata.size());
        for (var entry : strata.entrySet()) {
            out.writeInt(entry.getKey());
            entry.getValue().write(out);
        }
    }

    static Reservoir read(DataInputStream in, long seed) throws IOException {
        Reservoir reservoir = new Reservoir(in.readLong(), seed);
        reservoir.offered = in.readLong();
        int strata = in.readInt();
        for (int i = 0; i < strata; i++) {
            int key = in.readInt();
            Stratum stratum = Stratum.read(in);
            reservoir.strata.put(key, stratum);
            reservoir.size += stratum.size();
            reservoir.bytes += stratum.bytes();
        }
        return reservoir;
    }
}
