package dev.understudy.sampling.generate;

import dev.understudy.codec.Given;
import dev.understudy.codec.MadeRows;
import dev.understudy.codec.UnsuitableValueException;
import dev.understudy.model.LoadedModel;
import dev.understudy.model.ModelUnavailableException;
import dev.understudy.model.ServedModels;
import dev.understudy.wire.NoiseBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/**
 * Samples the versions that are served: noise by seed and index, one forward pass, rows read as records. <em>Thread
 * safety</em>: share freely.
 */
public final class ServedSampler implements Sampler<GenericRecord> {
    private final ServedModels served;
    private final Phases phases;

    public ServedSampler(ServedModels served, Phases phases) {
        this.served = served;
        this.phases = phases;
    }

    @Override
    public Optional<Fault> objection(NoiseBatch noise) {
        try (ServedModels.Lease lease = served.lease(noise.getModel(), noise.getVersion())) {
            lease.model().given(noise.getGiven());
            return latents(noise, lease.model().generator().latent());
        } catch (ModelUnavailableException e) {
            return Optional.of(Fault.refused(e.code(), e.getMessage()));
        } catch (UnsuitableValueException e) {
            return Optional.of(Fault.refused(e.problem().code(), e.getMessage()));
        }
    }

    private static Optional<Fault> latents(NoiseBatch noise, int width) {
        List<Float> latents = noise.getLatents();
        long wanted = (long) noise.getCount() * width;
        if (latents == null || latents.size() == wanted) {
            return Optional.empty();
        }
        return Optional.of(Fault.refused(
                "invalid-latents",
                "latents must be " + noise.getCount() + " x " + width + " = " + wanted + " floats, they are "
                        + latents.size()));
    }

    @Override
    public List<GenericRecord> sample(List<Slice> slices) {
        NoiseBatch first = slices.get(0).noise();
        try (ServedModels.Lease lease = served.lease(first.getModel(), first.getVersion())) {
            return sample(lease.model(), slices);
        }
    }

    private List<GenericRecord> sample(LoadedModel model, List<Slice> slices) {
        int count = slices.stream().mapToInt(Slice::count).sum();
        ForwardPass pass = new ForwardPass(model.generator(), count);
        List<Given> givens = new ArrayList<>(slices.size());
        for (Slice slice : slices) {
            Given given = model.given(slice.noise().getGiven());
            givens.add(given);
            pass.add(slice, given);
        }
        long start = System.nanoTime();
        MadeRows rows = pass.run(model.codec().pixels());
        long ran = System.nanoTime();
        List<GenericRecord> records = records(model, slices, givens, rows);
        phases.forward(ran - start, records.size());
        phases.decode(System.nanoTime() - ran, records.size());
        return records;
    }

    private static List<GenericRecord> records(
            LoadedModel model, List<Slice> slices, List<Given> givens, MadeRows rows) {
        List<GenericRecord> records = new ArrayList<>();
        for (int s = 0; s < slices.size(); s++) {
            for (int i = 0; i < slices.get(s).count(); i++) {
                GenericRecord record = model.codec().decode(rows, records.size());
                givens.get(s).overwrite(record);
                records.add(record);
            }
        }
        return records;
    }
}
