package dev.understudy.sampling;

import dev.understudy.kafka.KafkaClients;
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
    /** A megabyte less than producers send and topics take, for headers. */
    private static final int LARGEST = KafkaClients.LARGEST_REQUEST_BYTES - 1024 * 1024;

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
        requireRoom(topic, values);
        phases.serialize(System.nanoTime() - start, values.size());
        return values;
    }

    /** Not taken by the broker, it would end the stream thread, and then that of whoever takes over. */
    private static void requireRoom(String topic, List<byte[]> values) {
        for (byte[] value : values) {
            if (value.length > LARGEST) {
                throw new IllegalStateException(
                        "a sample for topic " + topic + " has " + value.length + " bytes, more than " + LARGEST);
            }
        }
    }
}
