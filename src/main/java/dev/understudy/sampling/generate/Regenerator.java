package dev.understudy.sampling.generate;

import dev.understudy.wire.NoiseBatch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.apache.avro.generic.GenericRecord;

/**
 * Makes samples again, outside the flow that made them first: by the same arithmetic, so with the same result.
 *
 * <p><em>Thread safety</em>: share freely. Samples are made one at a time, so that however many ask, the memory is that of one
 * forward pass.
 */
public final class Regenerator {
    private final Intake intake;
    private final Sampler<GenericRecord> sampler;

    /**
     * @param defined whether there is a model of a name
     * @param sampler makes a sample that does not depend on how many it rides with
     */
    public Regenerator(Predicate<String> defined, Sampler<GenericRecord> sampler) {
        this.intake = new Intake(defined, model -> OptionalInt.empty(), sampler);
        this.sampler = sampler;
    }

    /** Why there is no sample of this noise; empty if there is. Its version is pinned. */
    public Optional<Fault> objection(NoiseBatch noise, Instant now) {
        return intake.judge(noise, now, Optional.empty()).fault();
    }

    /**
     * The first sample of noise to which there is no objection.
     *
     * @throws dev.understudy.model.ModelUnavailableException if the version has gone meanwhile
     */
    public synchronized GenericRecord regenerate(NoiseBatch noise) {
        return sampler.sample(List.of(new Slice(noise, 0, 1))).get(0);
    }
}
