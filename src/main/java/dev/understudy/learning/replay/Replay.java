package dev.understudy.learning.replay;

import dev.understudy.noise.Noise;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Remembers records to train on, bounded in bytes: half for a ring of the most recent, half for a stratified reservoir of
 * those the ring let go.
 *
 * <p>While the past is smaller than the present, a draw is uniform over both; after that it is half and half, so that
 * neither drowns the other. What is drawn follows from seed and step alone, given what is held.
 *
 * <p><em>Thread safety</em>: one owner.
 */
public final class Replay {
    private final long seed;
    private final Ring ring;
    private final Reservoir reservoir;

    /**
     * @param capacityBytes bytes held in all, overhead of the heap included
     * @param seed of admissions and draws
     */
    public Replay(long capacityBytes, long seed) {
        this(seed, new Ring(capacityBytes / 2), new Reservoir(capacityBytes - capacityBytes / 2, seed));
    }

    private Replay(long seed, Ring ring, Reservoir reservoir) {
        this.seed = seed;
        this.ring = ring;
        this.reservoir = reservoir;
    }

    /**
     * Takes a record; the oldest of the ring may move on to the reservoir.
     *
     * @param stratum class of the record, not negative: none is forgotten for being rare
     */
    public void remember(byte[] bytes, int stratum) {
        ring.add(new Remembered(bytes, stratum));
        spill();
    }

    private void spill() {
        while (ring.overflows()) {
            reservoir.offer(ring.removeOldest());
        }
    }

    void reencode(UnaryOperator<byte[]> code) {
        ring.reencode(code);
        reservoir.reencode(code);
        spill();
    }

    /** Records held. */
    public int size() {
        return ring.size() + reservoir.size();
    }

    /** Bytes held, overhead of the heap included. */
    public long bytes() {
        return ring.bytes() + reservoir.bytes();
    }

    /**
     * The batch of a step: with replacement, in the same order whenever it is asked for with the same memory.
     *
     * @throws IllegalStateException if nothing is held
     */
    public List<byte[]> draw(long step, int count) {
        UniformRandomProvider draws = Noise.draws(seed, step);
        return take(count, i -> draws.nextDouble());
    }

    /**
     * Records evenly spaced along all that is held, the most even sample of what draws come from: each as often as any other of
     * its age and stratum, give or take one.
     *
     * @throws IllegalStateException if nothing is held
     */
    public List<byte[]> spread(int count) {
        return take(count, i -> (i + 0.5) / count);
    }

    private List<byte[]> take(int count, IntToDoubleFunction places) {
        if (size() == 0) {
            throw new IllegalStateException("there is no record to draw from");
        }
        return IntStream.range(0, count).mapToDouble(places).mapToObj(this::at).toList();
    }

    /** The past lies before the present. */
    private byte[] at(double place) {
        double past = shareOfThePast();
        return place < past ? reservoir.at(place / past) : ring.at((place - past) / (1 - past));
    }

    private double shareOfThePast() {
        double past = reservoir.offered();
        return reservoir.size() == 0 ? 0 : Math.min(0.5, past / (past + ring.size()));
    }

    /** Writes all of it. */
    public void write(DataOutputStream out) throws IOException {
        out.writeLong(seed);
        ring.write(out);
        reservoir.write(out);
    }

    /** Reads what {@link #write} wrote. */
    public static Replay read(DataInputStream in) throws IOException {
        long seed = in.readLong();
        return new Replay(seed, Ring.read(in), Reservoir.read(in, seed));
    }
}
