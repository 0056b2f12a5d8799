package dev.understudy.sampling.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.kafka.WireRecords;
import dev.understudy.wire.NoiseBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class BatcherTest {
    private static final int SIZE = 8;
    private static final Schema EMPTY = SchemaBuilder.record("Empty").fields().endRecord();

    static {
        WireRecords.trust();
    }

    /** Slots, samples and settlements in memory: all that a batcher says. */
    private static final class Memory implements Slots, Output, Sampler {
        final Map<Long, NoiseBatch> slots = new TreeMap<>();
        final Map<Long, Integer> done = new TreeMap<>();
        final List<String> samples = new ArrayList<>();
        final Map<String, Integer> settled = new TreeMap<>();
        final List<Integer> passes = new ArrayList<>();
        int puts;

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
        public void sample(NoiseBatch noise, long index, GenericRecord sample) {
            samples.add(noise.getRequest() + ":" + index);
        }

        @Override
        public void settled(NoiseBatch noise, int delivered, Optional<Fault> fault) {
            assertThat(settled.put(noise.getRequest(), delivered)).isNull();
        }

        @Override
        public Optional<Fault> objection(NoiseBatch noise) {
            return Optional.empty();
        }

        @Override
        public List<GenericRecord> sample(List<Slice> slices) {
            List<GenericRecord> records = new ArrayList<>();
            slices.forEach(slice -> {
                for (int i = 0; i < slice.count(); i++) {
                    records.add(new GenericData.Record(EMPTY));
                }
            });
            passes.add(records.size());
            return records;
        }

        Batcher batcher() {
            Intake intake = new Intake(model -> true, model -> OptionalInt.of(1), this, 10_000);
            return new Batcher(Batching.of(SIZE, Duration.ofMillis(20)), intake, this, this, this);
        }
    }

    @Test
    void aWholeBatchNeverTouchesTheStore() {
        Memory memory = new Memory();
        Batcher batcher = memory.batcher();

        batcher.take(noise("part", 3), 0, () -> true);
        batcher.take(noise("whole", 2 * SIZE), 0, () -> true);

        assertThat(memory.passes).containsExactly(SIZE, SIZE);
        assertThat(memory.settled).containsOnlyKeys("whole");
        assertThat(memory.puts).isEqualTo(1);
    }

    @Test
    void aFragmentWaitsForItsAgeWhileOthersCome() {
        Memory memory = new Memory();
        Batcher batcher = memory.batcher();

        batcher.take(noise("old", 1), 0, () -> true);
        batcher.tick(10, () -> true);
        assertThat(memory.samples).isEmpty();
        batcher.take(noise("young", 1), 15, () -> true);
        batcher.tick(20, () -> true);

        assertThat(memory.passes).containsExactly(2);
        assertThat(memory.slots).isEmpty();
    }

    @Test
    void aFragmentWaitsNoLongerOnceNothingComes() {
        Memory memory = new Memory();
        Batcher batcher = memory.batcher();

        batcher.take(noise("lone", 1), 0, () -> true);
        batcher.tick(1, () -> true);
        batcher.tick(2, () -> true);

        assertThat(memory.settled).containsEntry("lone", 1);
    }

    @Test
    void endsItsTurnInTimeAndGoesOnAtTheNextTick() {
        Memory memory = new Memory();
        Batcher batcher = memory.batcher();

        batcher.take(noise("large", 10 * SIZE), 0, passes(memory, 4));

        assertThat(memory.samples).hasSize(4 * SIZE);
        assertThat(memory.done).containsValue(4 * SIZE);
        batcher.tick(1, () -> true);
        assertThat(memory.settled).containsEntry("large", 10 * SIZE);
        assertThat(memory.slots).isEmpty();
    }

    private static BooleanSupplier passes(Memory memory, int most) {
        return () -> memory.passes.size() < most;
    }

    @Test
    void refusesWhatUsersPublishBeyondTheBacklog() {
        Memory memory = new Memory();
        Batcher batcher = memory.batcher();

        batcher.take(noise("first", 10_001), 0, () -> false);
        batcher.take(noise("second", 1), 0, () -> false);

        assertThat(memory.settled).containsExactly(Map.entry("second", 0));
    }

    /** Whatever comes, and wherever the process is killed, each index of each batch is made exactly once. */
    @Property(tries = 200, seed = "7")
    void makesEverySampleOnceAlsoWhenKilledInBetween(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 20) Integer> counts,
            @ForAll @IntRange(min = 0, max = 40) int killedAfter) {
        Memory memory = new Memory();
        Batcher batcher = memory.batcher();
        long now = 0;
        for (int i = 0; i < counts.size(); i++) {
            batcher.take(noise("b" + i, counts.get(i)), ++now, i % 3 == 0 ? () -> false : () -> true);
            batcher.tick(++now, passes(memory, memory.passes.size() + i % 2));
            if (i == killedAfter) {
                Batcher restarted = memory.batcher();
                for (Map.Entry<Long, NoiseBatch> slot : memory.slots.entrySet()) {
                    restarted.restore(slot.getKey(), slot.getValue(), memory.done.get(slot.getKey()), now);
                }
                batcher = restarted;
            }
        }
        batcher.tick(++now, () -> true);
        batcher.tick(++now, () -> true);

        assertThat(memory.samples)
                .doesNotHaveDuplicates()
                .hasSize(counts.stream().mapToInt(Integer::intValue).sum());
        assertThat(memory.settled).hasSize(counts.size());
        assertThat(memory.slots).isEmpty();
        assertThat(memory.passes).allSatisfy(samples -> assertThat(samples).isBetween(1, SIZE));
    }

    private static NoiseBatch noise(String id, int count) {
        return NoiseBatch.newBuilder()
                .setRequest(id)
                .setModel("m")
                .setCount(count)
                .build();
    }
}
