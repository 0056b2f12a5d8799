package dev.understudy.sampling;

import dev.understudy.model.ModelUnavailableException;
import dev.understudy.sampling.generate.Fault;
import dev.understudy.sampling.generate.Sampler;
import dev.understudy.sampling.generate.Slice;
import dev.understudy.wire.NoiseBatch;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.generic.GenericRecord;

/**
 * Makes no sample that has nowhere to go.
 *
 * @param ready whether the topic of a model's samples exists
 */
record GuardedSampler(Sampler sampler, Predicate<String> ready) implements Sampler {

    @Override
    public Optional<Fault> objection(NoiseBatch noise) {
        return sampler.objection(noise);
    }

    @Override
    public List<GenericRecord> sample(List<Slice> slices) {
        String model = slices.get(0).noise().getModel();
        if (!ready.test(model)) {
            throw new ModelUnavailableException(
                    "missing-topic", "the topic for samples of model '" + model + "' does not exist");
        }
        return sampler.sample(slices);
    }
}
