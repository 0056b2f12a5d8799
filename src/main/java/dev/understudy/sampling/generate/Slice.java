package dev.understudy.sampling.generate;

import dev.understudy.wire.NoiseBatch;

/**
 * The samples {@code [from, from + count)} of a batch.
 *
 * @param noise the batch, with its version pinned
 */
public record Slice(NoiseBatch noise, int from, int count) {

    /** Counter of sample number {@code i} of this slice. */
    public long index(int i) {
        return noise.getFirstIndex() + from + i;
    }
}
