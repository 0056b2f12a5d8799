package dev.understudy.sampling.generate;

import dev.understudy.wire.NoiseBatch;
import java.util.List;
import java.util.Optional;

/**
 * Where samples and the ends of batches go.
 *
 * @param <T> what a sample is
 */
public interface Output<T> {

    /** Samples of one batch that follow each other, as many as the slice has. */
    void samples(Slice slice, List<T> samples);

    /**
     * A batch will give no more samples.
     *
     * @param delivered samples it gave
     * @param fault why not all; empty if all
     */
    void settled(NoiseBatch noise, int delivered, Optional<Fault> fault);
}
