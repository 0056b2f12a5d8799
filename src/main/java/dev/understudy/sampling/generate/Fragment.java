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

    int rest() {
        return noise.getCount() - done;
    }

    Slice slice(int most) {
        return new Slice(noise, done, Math.min(most, rest()));
    }

    void advance(int samples) {
        done += samples;
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
