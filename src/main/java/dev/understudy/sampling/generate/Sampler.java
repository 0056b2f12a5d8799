package dev.understudy.sampling.generate;

import dev.understudy.wire.NoiseBatch;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/** Turns noise into records of a model. <em>Thread safety</em>: implementations may be called by several threads. */
public interface Sampler {

    /**
     * Why a batch can never be sampled; empty if it can. Its version is pinned and its fields are in range.
     */
    Optional<Fault> objection(NoiseBatch noise);

    /**
     * Makes the samples of all slices by one forward pass.
     *
     * @param slices of one model and version, together at most a full batch
     * @return a record for each sample, slice by slice
     * @throws dev.understudy.model.ModelUnavailableException if the version cannot be had
     */
    List<GenericRecord> sample(List<Slice> slices);
}
