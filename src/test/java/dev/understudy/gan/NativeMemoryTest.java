package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a process holds beyond Java's heap is seen only from outside: by its resident size. */
class NativeMemoryTest {

    private static final Path STATUS = Path.of("/proc/self/status");

    @BeforeEach
    void linuxOnly() {
        assumeTrue(Files.exists(STATUS), "resident size is read from " + STATUS);
    }

    @Test
    void isFlatOverAThousandSteps() throws IOException {
        var shape = Shapes.table();
        try (var trainer = Trainer.create(shape, Recipe.preset("small", shape).withBatch(32), 1)) {
            // Given
            float[] rows = Rows.random(shape, trainer.batch(), 1);
            steps(trainer, rows, 200);
            long before = residentKilobytes();
            // When
            steps(trainer, rows, 1_000);
            // Then: a leak of one activation a step would be 8 MB, one of all it allocates several hundred
            assertThat(residentKilobytes() - before).isLessThan(8_000);
        }
    }

    @Test
    void isFlatOverTwoHundredSwaps() throws IOException {
        var shape = Shapes.labelledImage();
        try (var trainer = Trainer.create(shape, Recipe.preset("base", shape), 1)) {
            // Given
            swaps(trainer, 50);
            long before = residentKilobytes();
            // When generators of 2.1 MB each come and go
            swaps(trainer, 200);
            // Then
            assertThat(residentKilobytes() - before).isLessThan(40_000);
        }
    }

    private static void steps(Trainer trainer, float[] rows, int count) {
        for (int i = 0; i < count; i++) {
            trainer.step(rows);
        }
    }

    private static void swaps(Trainer trainer, int count) {
        for (int i = 0; i < count; i++) {
            try (var generator = trainer.snapshot()) {
                assertThat(Rows.sample(generator, i, 1)).hasSize(794);
            }
        }
    }

    private static long residentKilobytes() throws IOException {
        System.gc();
        try (var lines = Files.lines(STATUS)) {
            var line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", ""));
        }
    }
}
