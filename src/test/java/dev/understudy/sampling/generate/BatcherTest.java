package dev.understudy.sampling.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.Priority;
import dev.understudy.wire.RequestStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class BatcherTest {
    private static final List<Priority> PRIORITIES = List.of(Priority.values());

    @Test
    void keepsWhatItTakesAndRunsNothingYet() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(Memory.noise("part", 3), 0, () -> true);
        batcher.take(Memory.noise("whole", 2 * Memory.SIZE), 0, () -> true);

        assertThat(memory.passes).isEmpty();
        assertThat(memory.slots.values()).extracting(NoiseBatch::getRequest).containsExactly("part", "whole");
        batcher.tick(0, () -> true);
        assertThat(memory.passes).containsExactly(Memory.SIZE, Memory.SIZE);
    }

    @Test
    void aFragmentWaitsForItsAgeWhileOthersCome() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(Memory.noise("old", 1), 0, () -> true);
        batcher.tick(9, () -> true);
        assertThat(memory.samples).isEmpty();
        batcher.take(Memory.noise("young", 1), 15, () -> true);
        batcher.tick(20, () -> true);

        assertThat(memory.passes).containsExactly(2);
        assertThat(memory.slots).isEmpty();
    }

    @Test
    void aFragmentWaitsNoLongerOnceNothingComes() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(Memory.noise("lone", 1), 0, () -> true);
        batcher.tick(9, () -> true);
        assertThat(memory.settled).isEmpty();
        batcher.tick(10, () -> true);

        assertThat(memory.settled).containsEntry("lone", 1);
    }

    @Test
    void endsItsTurnInTimeAndGoesOnAtTheNextTick() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(Memory.noise("large", 10 * Memory.SIZE), 0, () -> true);
        batcher.tick(1, Memory.passes(memory, 4));

        assertThat(memory.samples).hasSize(4 * Memory.SIZE);
        assertThat(memory.done).containsValue(4 * Memory.SIZE);
        batcher.tick(2, () -> true);
        assertThat(memory.settled).containsEntry("large", 10 * Memory.SIZE);
        assertThat(memory.slots).isEmpty();
    }

    @Test
    void runsPassesOnIntakeOnceMoreWaitsThanTheBacklog() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        for (int i = 0; i < 30; i++) {
            batcher.take(Memory.planned("r" + i, 1000), 0, () -> true);
            assertThat(batcher.waiting()).isLessThanOrEqualTo(Memory.BACKLOG);
        }

        assertThat(memory.samples).hasSizeBetween(30_000 - Memory.BACKLOG, 30_000 - Memory.BACKLOG + 3 * Memory.SIZE);
    }

    @Test
    void whatWaitsIsBoundedInBytesToo() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();
        String large = "x".repeat(Memory.BACKLOG_BYTES / 2);

        for (int i = 0; i < 4; i++) {
            batcher.take(Memory.noise("given" + i, 1, n -> n.setGiven(Map.of("g", large))), 0, () -> true);
        }
        // Two are more than half each, and two too many
        assertThat(memory.slots.values()).extracting(NoiseBatch::getRequest).containsExactly("given0", "given1");
        assertThat(memory.faults).containsExactly(RequestStatus.REFUSED, RequestStatus.REFUSED);

        batcher.tick(20, () -> true);
        batcher.take(
                Memory.noise("later", 1, n -> n.setLatents(Collections.nCopies(Memory.BACKLOG_BYTES, 0f))),
                20,
                () -> true);
        batcher.take(Memory.planned("planned", Memory.SIZE), 20, () -> false);
        batcher.take(Memory.noise("too-late", 1), 20, () -> true);

        assertThat(memory.slots.values())
                .extracting(NoiseBatch::getRequest)
                .as("what is planned is not refused, but held up")
                .containsExactly("later", "planned");
        assertThat(memory.faults).hasSize(3);
    }

    @Test
    void endsWhatWaitsOfACancelledRequestWithWhatItDelivered() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(Memory.noise("gone", 3 * Memory.SIZE), 0, () -> true);
        batcher.take(Memory.noise("stays", 1), 0, () -> true);
        batcher.tick(1, Memory.passes(memory, 2));
        int delivered = memory.of("gone");
        batcher.cancel("gone");
        batcher.tick(10, () -> true);

        assertThat(delivered).isPositive().isLessThan(3 * Memory.SIZE);
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

        batcher.take(
                Memory.noise("late", 3 * Memory.SIZE, n -> n.setDeadline(Instant.ofEpochMilli(10))), 0, () -> true);
        batcher.tick(9, Memory.passes(memory, 1));
        batcher.tick(10, () -> true);

        assertThat(memory.settled).containsExactly(Map.entry("late", Memory.SIZE));
        assertThat(memory.faults).containsExactly(RequestStatus.EXPIRED);
        assertThat(memory.slots).isEmpty();
    }

    @Test
    void aVersionThatCannotBeHadHoldsUpNoOther() {
        Memory memory = new Memory();
        memory.absent = 1;
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(
                Memory.noise("absent", Memory.SIZE, n -> n.setVersion(1).setPriority(Priority.INTERACTIVE)),
                0,
                () -> true);
        batcher.take(Memory.noise("there", Memory.SIZE, n -> n.setVersion(2)), 5000, () -> true);
        batcher.tick(5001, () -> true);
        assertThat(memory.settled).containsExactly(Map.entry("there", Memory.SIZE));
        memory.absent = 0;
        batcher.tick(5002, () -> true);
        assertThat(memory.settled).containsEntry("absent", Memory.SIZE);
    }

    @Test
    void failsWhatHasWaitedTooLongForItsVersionAndNotWhatCameLater() {
        Memory memory = new Memory();
        memory.absent = 1;
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(Memory.noise("old", Memory.SIZE), 0, () -> true);
        batcher.take(Memory.noise("young", Memory.SIZE), 5000, () -> true);
        batcher.tick(10_000, () -> true);

        assertThat(memory.settled).containsExactly(Map.entry("old", 0));
        assertThat(batcher.waiting()).isEqualTo(Memory.SIZE);
    }

    @Test
    void refusesWhatUsersPublishBeyondTheBacklog() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(Memory.noise("first", 10_001), 0, () -> false);
        batcher.take(Memory.noise("second", 1), 0, () -> false);

        assertThat(memory.settled).containsExactly(Map.entry("second", 0));
    }

    @Test
    void leavesAPassUnderWayWhenTimeIsUpAndDeliversItLater() {
        Memory memory = new Memory();
        List<Runnable> model = new ArrayList<>();
        Batcher<GenericRecord> batcher = memory.batcher(model::add);

        batcher.take(Memory.noise("large", 2 * Memory.SIZE), 0, () -> true);
        batcher.take(Memory.noise("cancelled", Memory.SIZE), 0, () -> true);
        batcher.tick(1, first(3));
        assertThat(model).hasSize(3);
        assertThat(batcher.waiting()).isEqualTo(3 * Memory.SIZE);
        batcher.cancel("cancelled");
        model.forEach(Runnable::run);
        batcher.tick(2, () -> false);

        assertThat(memory.of("large")).isEqualTo(2 * Memory.SIZE);
        assertThat(memory.settled).containsEntry("large", 2 * Memory.SIZE).containsEntry("cancelled", 0);
        assertThat(memory.of("cancelled")).isZero();
        assertThat(memory.slots).isEmpty();
        assertThat(batcher.waiting()).isZero();
    }

    @Test
    void startsOnePassAndNoMoreWhereThoseOfOthersWait() {
        Memory memory = new Memory();
        List<Runnable> made = new ArrayList<>();
        Batcher<GenericRecord> batcher = memory.batcher(new Models() {
            @Override
            public void execute(Runnable pass) {
                made.add(pass);
            }

            @Override
            public int waiting() {
                return 2;
            }
        });

        batcher.take(Memory.noise("large", 3 * Memory.SIZE), 0, () -> true);
        batcher.tick(1, first(9));

        assertThat(made).hasSize(1);
    }

    @Test
    void makesAgainInOrderWhatWasUnderWayBehindAFailure() {
        Memory memory = new Memory();
        memory.absent = 1;
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(Memory.noise("large", 3 * Memory.SIZE, n -> n.setVersion(1)), 0, () -> true);
        batcher.tick(1, () -> true);
        assertThat(memory.samples).isEmpty();
        memory.absent = 0;
        batcher.tick(2, () -> true);

        assertThat(memory.indexes("large"))
                .isEqualTo(IntStream.range(0, 3 * Memory.SIZE).boxed().toList());
        assertThat(memory.settled).containsEntry("large", 3 * Memory.SIZE);
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
                    Memory.noise("b" + i / 2 + "-" + i % 2, counts.get(i), n -> n.setPriority(priority)
                            .setVersion(version)),
                    ++now,
                    i % 3 == 0 ? () -> false : () -> true);
            batcher.tick(++now, Memory.passes(memory, memory.passes.size() + i % 2));
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
        assertThat(memory.passes).allSatisfy(samples -> assertThat(samples).isBetween(1, Memory.SIZE));
        memory.settled.keySet().forEach(id -> assertThat(memory.indexes(id)).isSorted());
    }
}
