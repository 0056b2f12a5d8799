package dev.understudy.sampling.generate;

import dev.understudy.wire.NoiseBatch;

/** A batch that waits, or the rest of one. Not thread-safe. */
final class Fragment {
    static final long NOWHERE = -1;

    private final NoiseBatch noise;
    private final long arrivedMillis;
    private long slot;
    private int done;
    private int kept;
    private int reserved;

    Fragment(NoiseBatch noise, long arrivedMillis, long slot, int done) {
        this.noise = noise;
        this.arrivedMillis = arrivedMillis;
        this.slot = slot;
        this.done = done;
        this.kept = done;
    }

    NoiseBatch noise() {
        return noise;
    }

    long arrivedMillis() {
        return arrivedMillis;
    }

    int done() {
        return done;
    }

    /** Samples not made yet. */
    int rest() {
        return noise.getCount() - done;
    }

    /** Sets samples apart for the next pass; how many of at most {@code most} there were. */
    int reserve(int most) {
        int samples = Math.min(most, rest() - reserved);
        reserved += samples;
        return samples;
    }

    /** What is set apart. */
    Slice slice() {
        return new Slice(noise, done, reserved);
    }

    /** Takes back that anything was set apart; how much was. */
    int release() {
        int samples = reserved;
        reserved = 0;
        return samples;
    }

    /** Counts what was set apart as made. */
    void advance() {
        done += reserved;
        reserved = 0;
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
        if (slot != NOWHERE) {
            slots.remove(slot);
        }
    }
}
