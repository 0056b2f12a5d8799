package dev.understudy.sampling.generate;

import dev.understudy.wire.NoiseBatch;

/** Where batches wait so that they outlive this process. */
public interface Slots {

    /** Keeps a batch of whose samples {@code done} are made already; the slot it got, at least 0 and growing. */
    long put(NoiseBatch noise, int done);

    /** Notes how many samples of a batch are made. */
    void progress(long slot, int done);

    /** Lets go of a batch that is settled. */
    void remove(long slot);
}
