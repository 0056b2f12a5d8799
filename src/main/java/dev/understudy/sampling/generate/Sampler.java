package dev.understudy.sampling.generate;

import dev.understudy.wire.NoiseBatch;
import java.util.List;
import java.util.Optional;

/**
 * Turns noise into samples of a model. <em>Thread safety</em>: implementations may be called by several threads.
 *
 * @param <T> what a sample is: a record, or what becomes of it
 */
public interface Sampler<T> {

    /**
     * Why a batch can never be sampled; empty if it can. Its version is pinned and its fields are in range.
     */
    Optional<Fault> objection(NoiseBatch noise);

    /**
     * Makes the samples of all slices by one forward pass.
     *
     * @param slices of one model and version, together at most a full batch
     * @return all samples, slice by slice
     * @throws dev.understudy.model.ModelUnavailableException if the version cannot be had
     */
    List<T> sample(List<Slice> slices);
}
