package dev.understudy.sampling.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.kafka.WireRecords;
import dev.understudy.model.ModelUnavailableException;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.RequestStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Slots, samples and settlements in memory: all that a batcher says. */
final class Memory implements Slots, Output<GenericRecord>, Sampler<GenericRecord> {
    static final int SIZE = 8;
    static final int BACKLOG = 10_000;
    static final int BACKLOG_BYTES = 1_000;
    private static final Schema EMPTY = SchemaBuilder.record("Empty").fields().endRecord();

    static {
        WireRecords.trust();
    }

    final Map<Long, NoiseBatch> slots = new TreeMap<>();
    final Map<Long, Integer> done = new TreeMap<>();
    final List<String> samples = new ArrayList<>();
    final Map<String, Integer> settled = new TreeMap<>();
    final List<Integer> passes = new ArrayList<>();
    final List<RequestStatus> faults = new ArrayList<>();
    int puts;
    int absent;

    int of(String request) {
        return indexes(request).size();
    }

    List<Integer> indexes(String request) {
        return samples.stream()
                .filter(sample -> sample.startsWith(request + ":"))
                .map(sample -> Integer.parseInt(sample.substring(request.length() + 1)))
                .toList();
    }

    @Override
    public long put(NoiseBatch noise, int progress) {
        slots.put((long) puts, noise);
        done.put((long) puts, progress);
        return puts++;
    }

    @Override
    public void progress(long slot, int progress) {
        done.put(slot, progress);
    }

    @Override
    public void remove(long slot) {
        slots.remove(slot);
        done.remove(slot);
    }

    @Override
    public void samples(Slice slice, List<GenericRecord> made) {
        for (int i = 0; i < made.size(); i++) {
            samples.add(slice.noise().getRequest() + ":" + slice.index(i));
        }
    }

    @Override
    public void settled(NoiseBatch noise, int delivered, Optional<Fault> fault) {
        assertThat(settled.put(noise.getRequest(), delivered)).isNull();
        fault.ifPresent(each -> faults.add(each.status()));
    }

    @Override
    public Optional<Fault> objection(NoiseBatch noise) {
        return Optional.empty();
    }

    @Override
    public List<GenericRecord> sample(List<Slice> slices) {
        if (slices.get(0).noise().getVersion() == absent) {
            throw new ModelUnavailableException("unknown-version", "no version " + absent);
        }
        List<GenericRecord> records = new ArrayList<>();
        slices.forEach(slice -> {
            for (int i = 0; i < slice.count(); i++) {
                records.add(new GenericData.Record(EMPTY));
            }
        });
        passes.add(records.size());
        return records;
    }

    Batcher<GenericRecord> batcher() {
        return batcher(Runnable::run);
    }

    Batcher<GenericRecord> batcher(Models models) {
        Intake intake = new Intake(model -> true, model -> OptionalInt.of(1), this);
        Batching batching = new Batching(SIZE, Duration.ofMillis(20), Duration.ofSeconds(10), BACKLOG, BACKLOG_BYTES);
        return new Batcher<>(batching, intake, this, models, this, this);
    }

    static BooleanSupplier passes(Memory memory, int most) {
        return () -> memory.passes.size() < most;
    }

    static NoiseBatch noise(String id, int count) {
        return noise(id, count, n -> {});
    }

    static NoiseBatch planned(String id, int count) {
        return noise(id, count, n -> n.setPlanned(true).setVersion(1));
    }

    static NoiseBatch noise(String id, int count, Consumer<NoiseBatch.Builder> more) {
        NoiseBatch.Builder batch =
                NoiseBatch.newBuilder().setRequest(id).setModel("m").setCount(count);
        more.accept(batch);
        return batch.build();
    }
}
