package dev.understudy.sampling;

import dev.understudy.kafka.Topics;
import dev.understudy.model.ModelUnavailableException;
import dev.understudy.sampling.generate.Fault;
import dev.understudy.sampling.generate.Phases;
import dev.understudy.sampling.generate.Sampler;
import dev.understudy.sampling.generate.Slice;
import dev.understudy.wire.NoiseBatch;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Makes samples as the bytes of their topic, and none that has nowhere to go.
 *
 * @param ready whether the topic of a model's samples exists
 * @param serializer of every such topic
 * @param phases is told how long writing took
 */
record TopicSampler(
        Sampler<GenericRecord> sampler,
        Predicate<String> ready,
        Serializer<? super GenericRecord> serializer,
        Phases phases)
        implements Sampler<byte[]> {

    @Override
    public Optional<Fault> objection(NoiseBatch noise) {
        return sampler.objection(noise);
    }

    @Override
    public List<byte[]> sample(List<Slice> slices) {
        String model = slices.get(0).noise().getModel();
        if (!ready.test(model)) {
            throw new ModelUnavailableException(
                    "missing-topic", "the topic for samples of model '" + model + "' does not exist");
        }
        List<GenericRecord> records = sampler.sample(slices);
        long start = System.nanoTime();
        String topic = Topics.syntheticName(model);
        List<byte[]> values = records.stream()
                .map(record -> serializer.serialize(topic, record))
                .toList();
        phases.serialize(System.nanoTime() - start, values.size());
        return values;
    }
}
