package dev.understudy.sampling;

import dev.understudy.model.ModelUnavailableException;
import dev.understudy.sampling.generate.Fault;
import dev.understudy.sampling.generate.Sampler;
import dev.understudy.sampling.generate.Slice;
import dev.understudy.sampling.plan.Refusal;
import dev.understudy.sampling.plan.Versions;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.RequestStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/**
 * Models whose samples follow from seed and index by arithmetic: {@code small} has versions 1 and 2, of which 2 is live, and
 * takes {@code label} as given and latents of width 2; {@code new} is defined and has none; {@code broken} fails at every
 * forward pass that holds seed 13.
 */
public final class SmallModels implements Sampler<GenericRecord>, Versions {
    static final Schema SCHEMA = SchemaBuilder.record("Small")
            .fields()
            .requiredLong("value")
            .requiredInt("version")
            .endRecord();

    private static final int LATENT = 2;

    /** Samples in each forward pass so far. */
    final List<Integer> passes = Collections.synchronizedList(new ArrayList<>());

    /** While set, no version can be had: as if its announcement had not arrived yet. */
    volatile boolean held;

    static long value(long seed, long index) {
        return seed * 1_000_003 + index;
    }

    @Override
    public boolean defined(String model) {
        return Set.of("small", "new", "broken").contains(model);
    }

    @Override
    public OptionalInt live(String model) {
        return switch (model) {
            case "small" -> OptionalInt.of(2);
            case "broken" -> OptionalInt.of(1);
            default -> OptionalInt.empty();
        };
    }

    @Override
    public Optional<Refusal> objection(String model, int version, Map<String, Object> given) {
        return why(model, version, given);
    }

    @Override
    public Optional<Fault> objection(NoiseBatch noise) {
        List<Float> latents = noise.getLatents();
        if (latents != null && latents.size() != noise.getCount() * LATENT) {
            return Optional.of(new Fault(RequestStatus.REFUSED, "invalid-latents", "wrong number"));
        }
        return why(noise.getModel(), noise.getVersion(), noise.getGiven())
                .map(refusal -> new Fault(RequestStatus.REFUSED, refusal.code(), refusal.message()));
    }

    private static Optional<Refusal> why(String model, int version, Map<String, Object> given) {
        if (version == 1 && model.equals("small")) {
            return Optional.of(new Refusal("retired-version", "version 1 of model 'small' is retired"));
        } else if (version > 2) {
            return Optional.of(new Refusal("unknown-version", "model 'small' has no version " + version));
        } else if (!Set.of("label").containsAll(given.keySet())) {
            return Optional.of(new Refusal("unknown-field", "the schema has no such field"));
        }
        return Optional.empty();
    }

    @Override
    public List<GenericRecord> sample(List<Slice> slices) {
        NoiseBatch first = slices.get(0).noise();
        if (held || first.getVersion() > 2) {
            throw new ModelUnavailableException("unknown-version", "model has no version " + first.getVersion());
        }
        List<GenericRecord> records = new ArrayList<>();
        for (Slice slice : slices) {
            if (first.getModel().equals("broken") && slice.noise().getSeed() == 13) {
                throw new IllegalStateException("seed 13 is broken");
            }
            for (int i = 0; i < slice.count(); i++) {
                records.add(record(slice, i));
            }
        }
        passes.add(records.size());
        return records;
    }

    private static GenericRecord record(Slice slice, int i) {
        return new GenericRecordBuilder(SCHEMA)
                .set("value", value(slice.noise().getSeed(), slice.index(i)))
                .set("version", slice.noise().getVersion())
                .build();
    }
}
