package dev.understudy.learning.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    private static final int RECORD_BYTES = 64;
    private static final int CAPACITY_BYTES = 120_000;

    @TempDir
    Path directory;

    @Test
    void holdsNoMoreBytesThanAllowed() {
        Replay replay = filled(20_000);
        assertThat(replay.bytes()).isBetween(CAPACITY_BYTES * 9L / 10, (long) CAPACITY_BYTES);
        assertThat(replay.size()).isEqualTo((int) (replay.bytes() / (RECORD_BYTES + 56)));
    }

    @Test
    void holdsNoMoreBytesThanAllowedWhenItsRecordsGrow() {
        Replay replay = filled(20_000);
        int before = replay.size();
        replay.reencode(bytes -> Arrays.copyOf(bytes, 2 * bytes.length));
        assertThat(replay.bytes()).isBetween(CAPACITY_BYTES * 9L / 10, (long) CAPACITY_BYTES);
        assertThat(replay.size()).isLessThan(before).isEqualTo((int) (replay.bytes() / (2 * RECORD_BYTES + 56)));
        assertThat(replay.draw(1, 1_000)).allMatch(bytes -> bytes.length == 2 * RECORD_BYTES);
    }

    @Test
    void drawsUniformlyWhileNothingIsForgotten() {
        Replay replay = filled(500);
        double meanNumber = replay.draw(1, 20_000).stream()
                .mapToInt(ReplayTest::number)
                .average()
                .orElseThrow();
        assertThat(meanNumber).isCloseTo(250, within(5.0));
    }

    @Test
    void drawsThePastAsOftenAsThePresentOnceItIsLong() {
        Replay replay = filled(20_000);
        int recent = 20_000 - CAPACITY_BYTES / 2 / (RECORD_BYTES + 56);
        List<byte[]> batch = replay.draw(1, 20_000);
        double shareOfRecent =
                batch.stream().filter(bytes -> number(bytes) >= recent).count() / 20_000.0;
        double meanOfOlder = batch.stream()
                .mapToInt(ReplayTest::number)
                .filter(number -> number < recent)
                .average()
                .orElseThrow();
        assertThat(shareOfRecent).isCloseTo(0.5, within(0.02));
        assertThat(meanOfOlder).isCloseTo(recent / 2.0, within(0.08 * recent));
    }

    @Test
    void neverForgetsARareClassNorShowsItMoreOftenThanItCame() {
        Replay replay = new Replay(CAPACITY_BYTES, 3);
        for (int i = 0; i < 20_000; i++) {
            replay.remember(record(i), i % 200 == 0 ? 1 : 0);
        }
        List<byte[]> batch = replay.draw(1, 200_000);
        List<Integer> rare =
                batch.stream().map(ReplayTest::number).filter(i -> i % 200 == 0).toList();
        assertThat(rare.size() / 200_000.0).isCloseTo(0.005, within(0.0015));
        assertThat(rare.stream().distinct().count())
                .as("distinct rare records of 100")
                .isGreaterThan(80);
    }

    @Test
    void spreadsEvenlyOverAllThatIsHeld() {
        assertThat(numbers(filled(500).spread(1_500)))
                .containsExactlyInAnyOrderElementsOf(numbers(Stream.of(1, 2, 3)
                        .flatMap(i -> filled(500).spread(500).stream())
                        .toList()))
                .containsAll(IntStream.range(0, 500).boxed().toList());
    }

    @Test
    void spreadsAsItDraws() {
        Replay replay = filled(20_000);
        double drawn = replay.draw(1, 100_000).stream()
                .mapToInt(ReplayTest::number)
                .average()
                .orElseThrow();
        double spread = replay.spread(10_000).stream()
                .mapToInt(ReplayTest::number)
                .average()
                .orElseThrow();
        assertThat(spread).isCloseTo(drawn, within(60.0));
    }

    @Test
    void drawsTheSameBatchForTheSameStep() {
        Replay replay = filled(5_000);
        assertThat(numbers(replay.draw(7, 100))).isEqualTo(numbers(filled(5_000).draw(7, 100)));
        assertThat(numbers(replay.draw(7, 100))).isNotEqualTo(numbers(replay.draw(8, 100)));
    }

    @Test
    void hasNothingToDrawAtFirst() {
        Replay empty = new Replay(CAPACITY_BYTES, 3);
        assertThatThrownBy(() -> empty.draw(0, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void goesOnAfterARestartAsIfThereHadBeenNone() {
        Memory straight = memory(0, 8_000, new Memory(new Replay(CAPACITY_BYTES, 3), new Holdout(10, 50)));
        Memory half = memory(0, 5_000, new Memory(new Replay(CAPACITY_BYTES, 3), new Holdout(10, 50)));
        Path file = directory.resolve("memory");
        half.save(file);
        Memory resumed = memory(5_000, 8_000, Memory.load(file));
        assertThat(numbers(resumed.replay().draw(9, 500)))
                .isEqualTo(numbers(straight.replay().draw(9, 500)));
        assertThat(numbers(resumed.holdout().newest(50)))
                .isEqualTo(numbers(straight.holdout().newest(50)));
        assertThat(resumed.replay().bytes()).isEqualTo(straight.replay().bytes());
    }

    @Test
    void refusesAFileOfSomethingElse() throws Exception {
        Path file = Files.writeString(directory.resolve("other"), "something else entirely");
        assertThatThrownBy(() -> Memory.load(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("magic number of a memory file is 1936682341, expected 1431127373");
    }

    @Test
    void holdsOutOneInTenAndNeverTrainsOnThem() {
        Memory memory = memory(0, 5_000, new Memory(new Replay(10_000_000, 3), new Holdout(10, 2_000)));
        assertThat(memory.holdout().size()).isBetween(400, 600);
        assertThat(memory.replay().size() + memory.holdout().size()).isEqualTo(5_000);
        assertThat(numbers(memory.replay().draw(1, 20_000)))
                .doesNotContainAnyElementsOf(numbers(memory.holdout().newest(2_000)));
    }

    @Test
    void holdsOutTheNewest() {
        Memory memory = memory(0, 5_000, new Memory(new Replay(CAPACITY_BYTES, 3), new Holdout(10, 20)));
        assertThat(memory.holdout().size()).isEqualTo(20);
        assertThat(numbers(memory.holdout().newest(20))).allMatch(number -> number > 4_500);
    }

    private static Memory memory(int from, int to, Memory memory) {
        for (int i = from; i < to; i++) {
            memory.take(record(i), i % 3);
        }
        return memory;
    }

    private static Replay filled(int records) {
        Replay replay = new Replay(CAPACITY_BYTES, 3);
        for (int i = 0; i < records; i++) {
            replay.remember(record(i), i % 3);
        }
        return replay;
    }

    private static byte[] record(int number) {
        return ByteBuffer.allocate(RECORD_BYTES).putInt(number).array();
    }

    private static int number(byte[] record) {
        return ByteBuffer.wrap(record).getInt();
    }

    private static List<Integer> numbers(List<byte[]> records) {
        return records.stream().map(ReplayTest::number).toList();
    }
}
