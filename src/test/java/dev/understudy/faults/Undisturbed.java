package dev.understudy.faults;

import dev.understudy.kafka.Topics;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.ModelStore;
import dev.understudy.model.ServedModels;
import dev.understudy.sampling.generate.Phases;
import dev.understudy.sampling.generate.ServedSampler;
import dev.understudy.sampling.generate.Slice;
import dev.understudy.wire.NoiseBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Makes the same samples where nothing goes wrong: no broker, no company in the batch, one request after the other. */
final class Undisturbed implements AutoCloseable {
    private static final int PASS = 256;

    private final ServedModels served;
    private final ServedSampler sampler;
    private final Serializer<GenericRecord> serializer;

    Undisturbed(ModelCatalog catalog, ModelStore store, Topics topics) {
        served = new ServedModels(catalog, store, 4);
        sampler = new ServedSampler(served, Phases.untold());
        serializer = topics.synthetic(Purchases.MODEL).values().serializer();
    }

    /** Fingerprints of the samples of noise, by index. */
    Map<Long, Long> samples(NoiseBatch noise) {
        Map<Long, Long> samples = new HashMap<>();
        for (int from = 0; from < noise.getCount(); from += PASS) {
            Slice slice = new Slice(noise, from, Math.min(PASS, noise.getCount() - from));
            List<GenericRecord> made = sampler.sample(List.of(slice));
            for (int i = 0; i < made.size(); i++) {
                byte[] value = serializer.serialize(Topics.syntheticName(Purchases.MODEL), made.get(i));
                samples.put(slice.index(i), Witness.fingerprint(value));
            }
        }
        return samples;
    }

    @Override
    public void close() {
        served.close();
    }
}
