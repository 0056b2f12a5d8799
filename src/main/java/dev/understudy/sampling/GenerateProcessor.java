package dev.understudy.sampling;

import dev.understudy.kafka.Provenance;
import dev.understudy.sampling.generate.Batcher;
import dev.understudy.sampling.generate.Fault;
import dev.understudy.sampling.generate.Output;
import dev.understudy.sampling.generate.Slice;
import dev.understudy.sampling.generate.Slots;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import dev.understudy.wire.internal.BatchResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Wires a {@link Batcher} to a partition of noise: its slots are changelogged stores, so that fragments wait in the very
 * transaction that commits the offsets they came from, and leave in the one that holds their samples.
 */
final class GenerateProcessor implements Processor<String, NoiseBatch, String, Object> {
    private final SamplingStages stages;
    private final Provenance provenance = new Provenance();
    private ProcessorContext<String, Object> context;
    private Batcher<byte[]> batcher;
    private Cancellable ticks;
    private Turns turns;

    GenerateProcessor(SamplingStages stages) {
        this.stages = stages;
    }

    @Override
    public void init(ProcessorContext<String, Object> initialised) {
        context = initialised;
        turns = stages.turns().get();
        KeyValueStore<Long, NoiseBatch> fragments = context.getStateStore(SamplingTopology.FRAGMENTS);
        KeyValueStore<Long, Integer> done = context.getStateStore(SamplingTopology.FRAGMENTS_DONE);
        StoreSlots slots = new StoreSlots(fragments, done);
        batcher = new Batcher<>(
                stages.settings().batching(), stages.intake(), stages.sampler(), stages.models(), slots, new Forward());
        restore(fragments, done, slots);
        ticks = context.schedule(stages.settings().tick(), PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    private void restore(
            KeyValueStore<Long, NoiseBatch> fragments, KeyValueStore<Long, Integer> done, StoreSlots slots) {
        forgetOrphans(fragments, done);
        try (KeyValueIterator<Long, NoiseBatch> all = fragments.all()) {
            while (all.hasNext()) {
                KeyValue<Long, NoiseBatch> entry = all.next();
                Integer progress = done.get(entry.key);
                batcher.restore(entry.key, entry.value, progress == null ? 0 : progress, context.currentSystemTimeMs());
                slots.taken(entry.key);
            }
        }
    }

    /** Without exactly once, progress may outlive its fragment; it must not become that of another in the same slot. */
    private static void forgetOrphans(KeyValueStore<Long, NoiseBatch> fragments, KeyValueStore<Long, Integer> done) {
        List<Long> orphans = new ArrayList<>();
        try (KeyValueIterator<Long, Integer> all = done.all()) {
            while (all.hasNext()) {
                long slot = all.next().key;
                if (fragments.get(slot) == null) {
                    orphans.add(slot);
                }
            }
        }
        orphans.forEach(done::delete);
    }

    @Override
    public void process(Record<String, NoiseBatch> record) {
        turns.record();
        if (record.value() != null) {
            Telling.requireName(record.value().getRequest());
            batcher.take(record.value(), context.currentSystemTimeMs(), turns.atOnce());
        } else if (record.key() != null) {
            batcher.cancel(record.key());
        }
    }

    private void tick(long nowMillis) {
        if (batcher.waiting() > 0) {
            turns.offer(this, timeLeft -> batcher.tick(nowMillis, timeLeft));
        } else {
            turns.leave(this);
        }
        stages.meters().samplesWaiting(this, batcher::waiting);
    }

    @Override
    public void close() {
        ticks.cancel();
        turns.leave(this);
        stages.meters().forget(this);
    }

    /** Sends what the batcher makes to the sinks. */
    private final class Forward implements Output<byte[]> {

        @Override
        public void samples(Slice slice, List<byte[]> samples) {
            long start = System.nanoTime();
            NoiseBatch noise = slice.noise();
            String key = noise.getRequest() + "/" + noise.getBatch();
            long now = context.currentSystemTimeMs();
            for (int i = 0; i < samples.size(); i++) {
                context.forward(
                        new Record<>(key, samples.get(i), now, provenance.of(noise, slice.index(i))),
                        SamplingTopology.TO_SAMPLES);
            }
            stages.meters().produce(System.nanoTime() - start, samples.size());
        }

        @Override
        public void settled(NoiseBatch noise, int delivered, Optional<Fault> fault) {
            long now = context.currentSystemTimeMs();
            if (noise.getPlanned()) {
                BatchResult result = result(noise, delivered, fault);
                context.forward(new Record<>(noise.getRequest(), result, now), SamplingTopology.TO_RESULTS);
            } else {
                RequestOutcome outcome = outcome(noise, delivered, fault, Instant.ofEpochMilli(now));
                context.forward(new Record<>(noise.getRequest(), outcome, now), SamplingTopology.TO_NOISE_OUTCOMES);
            }
        }
    }

    private static BatchResult result(NoiseBatch noise, int delivered, Optional<Fault> fault) {
        return BatchResult.newBuilder()
                .setRequest(noise.getRequest())
                .setFirstIndex(noise.getFirstIndex())
                .setSamples(noise.getCount())
                .setDelivered(delivered)
                .setCode(fault.map(Fault::code).orElse(null))
                .setMessage(fault.map(Fault::message).orElse(null))
                .build();
    }

    private static RequestOutcome outcome(NoiseBatch noise, int delivered, Optional<Fault> fault, Instant at) {
        return RequestOutcome.newBuilder()
                .setRequest(noise.getRequest())
                .setStatus(fault.map(Fault::status).orElse(RequestStatus.COMPLETED))
                .setModel(Telling.model(noise.getModel()))
                .setVersion(noise.getVersion())
                .setSeed(noise.getSeed())
                .setRequested(noise.getCount())
                .setDelivered(delivered)
                .setCode(fault.map(Fault::code).orElse(null))
                .setMessage(fault.map(Fault::message).orElse(null))
                .setAt(at)
                .build();
    }

    /** Slots in two stores: batches are large and written once, their progress is small and changes. */
    private static final class StoreSlots implements Slots {
        private final KeyValueStore<Long, NoiseBatch> fragments;
        private final KeyValueStore<Long, Integer> done;
        private long next;

        StoreSlots(KeyValueStore<Long, NoiseBatch> fragments, KeyValueStore<Long, Integer> done) {
            this.fragments = fragments;
            this.done = done;
        }

        void taken(long slot) {
            next = Math.max(next, slot + 1);
        }

        @Override
        public long put(NoiseBatch noise, int progress) {
            long slot = next++;
            fragments.put(slot, noise);
            if (progress > 0) {
                done.put(slot, progress);
            }
            return slot;
        }

        @Override
        public void progress(long slot, int progress) {
            done.put(slot, progress);
        }

        @Override
        public void remove(long slot) {
            fragments.delete(slot);
            if (done.get(slot) != null) {
                done.delete(slot);
            }
        }
    }
}
