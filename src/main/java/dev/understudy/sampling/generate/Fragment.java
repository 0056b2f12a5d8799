package dev.understudy.sampling.generate;

import dev.understudy.codec.Given;
import dev.understudy.wire.NoiseBatch;

/** A batch that waits, or the rest of one. Not thread-safe. */
final class Fragment {
    static final long NOWHERE = -1;

    private final NoiseBatch noise;
    private final long bytes;
    private final long arrivedMillis;
    private long slot;
    private int done;
    private int kept;
    private int taken;
    private boolean over;

    Fragment(NoiseBatch noise, long arrivedMillis, long slot, int done) {
        this.noise = noise;
        this.bytes = Given.bytes(noise.getGiven()) + latentBytes(noise);
        this.arrivedMillis = arrivedMillis;
        this.slot = slot;
        this.done = done;
        this.kept = done;
        this.taken = done;
    }

    private static long latentBytes(NoiseBatch noise) {
        return noise.getLatents() == null
                ? 0
                : (long) Float.BYTES * noise.getLatents().size();
    }

    NoiseBatch noise() {
        return noise;
    }

    /** What it carries beside numbers and names of bounded length: what is given, and latents. */
    long bytes() {
        return bytes;
    }

    long arrivedMillis() {
        return arrivedMillis;
    }

    int done() {
        return done;
    }

    /** Samples not delivered yet. */
    int rest() {
        return noise.getCount() - done;
    }

    /** Samples that no pass has taken. */
    int free() {
        return noise.getCount() - taken;
    }

    /** Whether it was let go of: what passes still make of it is nobody's. */
    boolean isOver() {
        return over;
    }

    /** Takes samples for a pass; how many of at most {@code most} there were. */
    int take(int most) {
        int samples = Math.min(most, free());
        taken += samples;
        return samples;
    }

    /** The samples that were taken last. */
    Slice taken(int count) {
        return new Slice(noise, taken - count, count);
    }

    /** Takes back that the last so many were taken. */
    void giveBack(int count) {
        taken -= count;
    }

    /** Counts the first of what was taken as delivered. */
    void advance(int count) {
        done += count;
    }

    /** Makes the slot say what is the case. */
    void keepIn(Slots slots) {
        if (slot == NOWHERE) {
            slot = slots.put(noise, done);
        } else if (done != kept) {
            slots.progress(slot, done);
        }
        kept = done;
    }

    void removeFrom(Slots slots) {
        over = true;
        if (slot != NOWHERE) {
            slots.remove(slot);
        }
    }
}
