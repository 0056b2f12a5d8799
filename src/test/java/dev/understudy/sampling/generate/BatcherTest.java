package dev.understudy.sampling.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.kafka.WireRecords;
import dev.understudy.model.ModelUnavailableException;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.Priority;
import dev.understudy.wire.RequestStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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
    private static final List<Priority> PRIORITIES = List.of(Priority.values());
    private static final int BACKLOG = 10_000;
    private static final int BACKLOG_BYTES = 1_000;
    private static final Schema EMPTY = SchemaBuilder.record("Empty").fields().endRecord();

    static {
        WireRecords.trust();
    }

    /** Slots, samples and settlements in memory: all that a batcher says. */
    private static final class Memory implements Slots, Output<GenericRecord>, Sampler<GenericRecord> {
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

        Batcher<GenericRecord> batcher(Executor models) {
            Intake intake = new Intake(model -> true, model -> OptionalInt.of(1), this);
            Batching batching =
                    new Batching(SIZE, Duration.ofMillis(20), Duration.ofSeconds(10), BACKLOG, BACKLOG_BYTES);
            return new Batcher<>(batching, intake, this, models, this, this);
        }
    }

    @Test
    void keepsWhatItTakesAndRunsNothingYet() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(noise("part", 3), 0, () -> true);
        batcher.take(noise("whole", 2 * SIZE), 0, () -> true);

        assertThat(memory.passes).isEmpty();
        assertThat(memory.slots.values()).extracting(NoiseBatch::getRequest).containsExactly("part", "whole");
        batcher.tick(0, () -> true);
        assertThat(memory.passes).containsExactly(SIZE, SIZE);
    }

    @Test
    void aFragmentWaitsForItsAgeWhileOthersCome() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(noise("old", 1), 0, () -> true);
        batcher.tick(9, () -> true);
        assertThat(memory.samples).isEmpty();
        batcher.take(noise("young", 1), 15, () -> true);
        batcher.tick(20, () -> true);

        assertThat(memory.passes).containsExactly(2);
        assertThat(memory.slots).isEmpty();
    }

    @Test
    void aFragmentWaitsNoLongerOnceNothingComes() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(noise("lone", 1), 0, () -> true);
        batcher.tick(9, () -> true);
        assertThat(memory.settled).isEmpty();
        batcher.tick(10, () -> true);

        assertThat(memory.settled).containsEntry("lone", 1);
    }

    @Test
    void endsItsTurnInTimeAndGoesOnAtTheNextTick() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(noise("large", 10 * SIZE), 0, () -> true);
        batcher.tick(1, passes(memory, 4));

        assertThat(memory.samples).hasSize(4 * SIZE);
        assertThat(memory.done).containsValue(4 * SIZE);
        batcher.tick(2, () -> true);
        assertThat(memory.settled).containsEntry("large", 10 * SIZE);
        assertThat(memory.slots).isEmpty();
    }

    @Test
    void runsPassesOnIntakeOnceMoreWaitsThanTheBacklog() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        for (int i = 0; i < 30; i++) {
            batcher.take(planned("r" + i, 1000), 0, () -> true);
            assertThat(batcher.waiting()).isLessThanOrEqualTo(BACKLOG);
        }

        assertThat(memory.samples).hasSizeBetween(30_000 - BACKLOG, 30_000 - BACKLOG + 3 * SIZE);
    }

    @Test
    void whatWaitsIsBoundedInBytesToo() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();
        String large = "x".repeat(BACKLOG_BYTES / 2);

        for (int i = 0; i < 4; i++) {
            batcher.take(noise("given" + i, 1, n -> n.setGiven(Map.of("g", large))), 0, () -> true);
        }
        // Two are more than half each, and two too many
        assertThat(memory.slots.values()).extracting(NoiseBatch::getRequest).containsExactly("given0", "given1");
        assertThat(memory.faults).containsExactly(RequestStatus.REFUSED, RequestStatus.REFUSED);

        batcher.tick(20, () -> true);
        batcher.take(noise("later", 1, n -> n.setLatents(Collections.nCopies(BACKLOG_BYTES, 0f))), 20, () -> true);
        batcher.take(planned("planned", SIZE), 20, () -> false);
        batcher.take(noise("too-late", 1), 20, () -> true);

        assertThat(memory.slots.values())
                .extracting(NoiseBatch::getRequest)
                .as("what is planned is not refused, but held up")
                .containsExactly("later", "planned");
        assertThat(memory.faults).hasSize(3);
    }

    @Test
    void prioritiesShareWhileAllWait() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(noise("bulk", 1000, n -> n.setPriority(Priority.BULK)), 0, () -> true);
        batcher.take(noise("normal", 1000, n -> n.setPriority(Priority.NORMAL)), 0, () -> true);
        batcher.take(noise("urgent", 1000, n -> n.setPriority(Priority.INTERACTIVE)), 0, () -> true);
        batcher.tick(1, passes(memory, 21 * 4));

        // A turn is one sample here, so the guarantee is one sample per weight
        assertThat(memory.of("urgent")).isBetween(512 - 16, 512 + 16);
        assertThat(memory.of("normal")).isBetween(128 - 4, 128 + 4);
        assertThat(memory.of("bulk")).isBetween(32 - 1, 32 + 1);
        assertThat(batcher.waiting(Priority.BULK)).isEqualTo(1000 - memory.of("bulk"));
    }

    @Test
    void prioritiesShareAlsoIfTheyWantDifferentVersions() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(noise("bulk", 1000, n -> n.setVersion(1).setPriority(Priority.BULK)), 0, () -> true);
        batcher.take(noise("normal", 1000, n -> n.setVersion(2).setPriority(Priority.NORMAL)), 0, () -> true);
        batcher.tick(1, passes(memory, 100));

        assertThat(memory.of("bulk")).isBetween(160 - SIZE, 160 + SIZE);
    }

    @Test
    void aSmallRequestRidesInTheNextPassWhateverItsPriority() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(noise("flood", 1000), 0, () -> true);
        batcher.tick(1, passes(memory, 50));
        batcher.take(noise("small", 1), 1, () -> true);
        batcher.take(noise("urgent", 1, n -> n.setPriority(Priority.INTERACTIVE)), 1, () -> true);
        batcher.tick(2, passes(memory, 51));

        assertThat(memory.settled).containsOnlyKeys("small", "urgent");
    }

    /** Who has n requests before it in line is served within n + 1 turns, however many come later. */
    @Property(tries = 100, seed = "7")
    void nobodyStarvesHoweverManyComeLater(@ForAll @IntRange(min = 0, max = 50) int before) {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();
        for (int i = 0; i < before; i++) {
            batcher.take(noise("before" + i, 500), 0, () -> true);
        }
        batcher.take(noise("patient", 500), 0, () -> true);
        int first = memory.samples.size();
        for (int later = 0; memory.of("patient") == 0; later++) {
            for (int i = 0; i < 2 * SIZE; i++) {
                batcher.take(noise("later" + later + "-" + i, 1), later, () -> true);
            }
            batcher.tick(later, passes(memory, memory.passes.size() + 1));
        }

        assertThat(memory.samples.subList(first, memory.samples.size()).indexOf("patient:0"))
                .isLessThanOrEqualTo(before);
    }

    @Test
    void endsWhatWaitsOfACancelledRequestWithWhatItDelivered() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(noise("gone", 3 * SIZE), 0, () -> true);
        batcher.take(noise("stays", 1), 0, () -> true);
        batcher.tick(1, passes(memory, 2));
        int delivered = memory.of("gone");
        batcher.cancel("gone");
        batcher.tick(10, () -> true);

        assertThat(delivered).isPositive().isLessThan(3 * SIZE);
        assertThat(memory.settled).containsEntry("gone", delivered).containsEntry("stays", 1);
        assertThat(memory.of("gone")).isEqualTo(delivered);
        assertThat(memory.faults).containsOnly(RequestStatus.CANCELLED);
        assertThat(memory.slots).isEmpty();
        assertThat(batcher.waiting()).isZero();
    }

    @Test
    void endsWhatExpiresBetweenPasses() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(noise("late", 3 * SIZE, n -> n.setDeadline(Instant.ofEpochMilli(10))), 0, () -> true);
        batcher.tick(9, passes(memory, 1));
        batcher.tick(10, () -> true);

        assertThat(memory.settled).containsExactly(Map.entry("late", SIZE));
        assertThat(memory.faults).containsExactly(RequestStatus.EXPIRED);
        assertThat(memory.slots).isEmpty();
    }

    @Test
    void aVersionThatCannotBeHadHoldsUpNoOther() {
        Memory memory = new Memory();
        memory.absent = 1;
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(noise("absent", SIZE, n -> n.setVersion(1).setPriority(Priority.INTERACTIVE)), 0, () -> true);
        batcher.take(noise("there", SIZE, n -> n.setVersion(2)), 5000, () -> true);
        batcher.tick(5001, () -> true);
        assertThat(memory.settled).containsExactly(Map.entry("there", SIZE));
        memory.absent = 0;
        batcher.tick(5002, () -> true);
        assertThat(memory.settled).containsEntry("absent", SIZE);
    }

    @Test
    void failsWhatHasWaitedTooLongForItsVersionAndNotWhatCameLater() {
        Memory memory = new Memory();
        memory.absent = 1;
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(noise("old", SIZE), 0, () -> true);
        batcher.take(noise("young", SIZE), 5000, () -> true);
        batcher.tick(10_000, () -> true);

        assertThat(memory.settled).containsExactly(Map.entry("old", 0));
        assertThat(batcher.waiting()).isEqualTo(SIZE);
    }

    private static BooleanSupplier passes(Memory memory, int most) {
        return () -> memory.passes.size() < most;
    }

    @Test
    void refusesWhatUsersPublishBeyondTheBacklog() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(noise("first", 10_001), 0, () -> false);
        batcher.take(noise("second", 1), 0, () -> false);

        assertThat(memory.settled).containsExactly(Map.entry("second", 0));
    }

    @Test
    void leavesAPassUnderWayWhenTimeIsUpAndDeliversItLater() {
        Memory memory = new Memory();
        List<Runnable> model = new ArrayList<>();
        Batcher<GenericRecord> batcher = memory.batcher(model::add);

        batcher.take(noise("large", 2 * SIZE), 0, () -> true);
        batcher.take(noise("cancelled", SIZE), 0, () -> true);
        batcher.tick(1, first(3));
        assertThat(model).hasSize(3);
        assertThat(batcher.waiting()).isEqualTo(3 * SIZE);
        batcher.cancel("cancelled");
        model.forEach(Runnable::run);
        batcher.tick(2, () -> false);

        assertThat(memory.of("large")).isEqualTo(2 * SIZE);
        assertThat(memory.settled).containsEntry("large", 2 * SIZE).containsEntry("cancelled", 0);
        assertThat(memory.of("cancelled")).isZero();
        assertThat(memory.slots).isEmpty();
        assertThat(batcher.waiting()).isZero();
    }

    @Test
    void makesAgainInOrderWhatWasUnderWayBehindAFailure() {
        Memory memory = new Memory();
        memory.absent = 1;
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(noise("large", 3 * SIZE, n -> n.setVersion(1)), 0, () -> true);
        batcher.tick(1, () -> true);
        assertThat(memory.samples).isEmpty();
        memory.absent = 0;
        batcher.tick(2, () -> true);

        assertThat(memory.indexes("large"))
                .isEqualTo(IntStream.range(0, 3 * SIZE).boxed().toList());
        assertThat(memory.settled).containsEntry("large", 3 * SIZE);
    }

    private static BooleanSupplier first(int times) {
        int[] asked = new int[1];
        return () -> asked[0]++ < times;
    }

    /** Whatever comes, and wherever the process is killed, each index of each batch is made exactly once. */
    @Property(tries = 200, seed = "7")
    void makesEverySampleOnceAlsoWhenKilledInBetween(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 20) Integer> counts,
            @ForAll @IntRange(min = 0, max = 40) int killedAfter) {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();
        long now = 0;
        for (int i = 0; i < counts.size(); i++) {
            Priority priority = PRIORITIES.get(i % 3);
            int version = 1 + i % 2;
            batcher.take(
                    noise("b" + i / 2 + "-" + i % 2, counts.get(i), n -> n.setPriority(priority)
                            .setVersion(version)),
                    ++now,
                    i % 3 == 0 ? () -> false : () -> true);
            batcher.tick(++now, passes(memory, memory.passes.size() + i % 2));
            if (i == killedAfter) {
                Batcher<GenericRecord> restarted = memory.batcher();
                for (Map.Entry<Long, NoiseBatch> slot : memory.slots.entrySet()) {
                    restarted.restore(slot.getKey(), slot.getValue(), memory.done.get(slot.getKey()), now);
                }
                batcher = restarted;
            }
        }
        batcher.tick(now + 10, () -> true);

        assertThat(memory.samples)
                .doesNotHaveDuplicates()
                .hasSize(counts.stream().mapToInt(Integer::intValue).sum());
        assertThat(memory.settled).hasSize(counts.size());
        assertThat(memory.slots).isEmpty();
        assertThat(memory.passes).allSatisfy(samples -> assertThat(samples).isBetween(1, SIZE));
        memory.settled.keySet().forEach(id -> assertThat(memory.indexes(id)).isSorted());
    }

    private static NoiseBatch noise(String id, int count) {
        return noise(id, count, n -> {});
    }

    private static NoiseBatch planned(String id, int count) {
        return noise(id, count, n -> n.setPlanned(true).setVersion(1));
    }

    private static NoiseBatch noise(String id, int count, Consumer<NoiseBatch.Builder> more) {
        NoiseBatch.Builder batch =
                NoiseBatch.newBuilder().setRequest(id).setModel("m").setCount(count);
        more.accept(batch);
        return batch.build();
    }
}
