package dev.understudy.sampling.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.wire.Priority;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Who rides in which pass. */
class BatcherSharesTest {
    @Test
    void prioritiesShareWhileAllWait() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(Memory.noise("bulk", 1000, n -> n.setPriority(Priority.BULK)), 0, () -> true);
        batcher.take(Memory.noise("normal", 1000, n -> n.setPriority(Priority.NORMAL)), 0, () -> true);
        batcher.take(Memory.noise("urgent", 1000, n -> n.setPriority(Priority.INTERACTIVE)), 0, () -> true);
        batcher.tick(1, Memory.passes(memory, 21 * 4));

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

        batcher.take(Memory.noise("bulk", 1000, n -> n.setVersion(1).setPriority(Priority.BULK)), 0, () -> true);
        batcher.take(Memory.noise("normal", 1000, n -> n.setVersion(2).setPriority(Priority.NORMAL)), 0, () -> true);
        batcher.tick(1, Memory.passes(memory, 100));

        assertThat(memory.of("bulk")).isBetween(160 - Memory.SIZE, 160 + Memory.SIZE);
    }

    @Test
    void aSmallRequestRidesInTheNextPassWhateverItsPriority() {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();

        batcher.take(Memory.noise("flood", 1000), 0, () -> true);
        batcher.tick(1, Memory.passes(memory, 50));
        batcher.take(Memory.noise("small", 1), 1, () -> true);
        batcher.take(Memory.noise("urgent", 1, n -> n.setPriority(Priority.INTERACTIVE)), 1, () -> true);
        batcher.tick(2, Memory.passes(memory, 51));

        assertThat(memory.settled).containsOnlyKeys("small", "urgent");
    }

    /** Who has n requests before it in line is served within n + 1 turns, however many come later. */
    @Property(tries = 100, seed = "7")
    void nobodyStarvesHoweverManyComeLater(@ForAll @IntRange(min = 0, max = 50) int before) {
        Memory memory = new Memory();
        Batcher<GenericRecord> batcher = memory.batcher();
        for (int i = 0; i < before; i++) {
            batcher.take(Memory.noise("before" + i, 500), 0, () -> true);
        }
        batcher.take(Memory.noise("patient", 500), 0, () -> true);
        int first = memory.samples.size();
        for (int later = 0; memory.of("patient") == 0; later++) {
            for (int i = 0; i < 2 * Memory.SIZE; i++) {
                batcher.take(Memory.noise("later" + later + "-" + i, 1), later, () -> true);
            }
            batcher.tick(later, Memory.passes(memory, memory.passes.size() + 1));
        }

        assertThat(memory.samples.subList(first, memory.samples.size()).indexOf("patient:0"))
                .isLessThanOrEqualTo(before);
    }
}
