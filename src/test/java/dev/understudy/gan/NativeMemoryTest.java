package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a process holds beyond Java's heap is seen only from outside: by the resident size of one whose heap is of a fixed
 * size and touched from the start.
 */
class NativeMemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");

    @BeforeEach
    void linuxOnly() {
        assumeTrue(Files.exists(STATUS), "resident size is read from " + STATUS);
    }

    @Test
    void isFlatOverThreeThousandSteps() throws Exception {
        // A leak of one activation a step would be 24 MB, one of all that a step allocates a thousand; an arena of the
        // allocator is 8.
        assertThat(grownKilobytes("steps")).isLessThan(20_000);
    }

    @Test
    void isFlatOverTwoHundredSwaps() throws Exception {
        // Leaked weights would be 200 times 2.1 MB.
        assertThat(grownKilobytes("swaps")).isLessThan(60_000);
    }

    private static long grownKilobytes(String work) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Probe.class.getName(),
                        work)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String grown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return Long.parseLong(grown.strip());
    }

    /** The process that is looked at: prints by how many kB it has grown. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] work) throws IOException {
            boolean swaps = work[0].equals("swaps");
            var shape = swaps ? Shapes.labelledImage() : Shapes.table();
            var recipe = swaps
                    ? Recipe.preset("base", shape)
                    : Recipe.preset("small", shape).withBatch(32);
            try (var trainer = Trainer.create(shape, recipe, 1, new float[0])) {
                float[] rows = Rows.random(shape, trainer.batch(), 1);
                run(swaps, trainer, rows, 200);
                long before = residentKilobytes();
                run(swaps, trainer, rows, swaps ? 200 : 3_000);
                System.out.println(residentKilobytes() - before);
            }
        }

        private static void run(boolean swaps, Trainer trainer, float[] rows, int times) {
            for (int i = 0; i < times; i++) {
                if (swaps) {
                    swap(trainer, i);
                } else {
                    trainer.step(rows);
                }
            }
        }

        private static void swap(Trainer trainer, int seed) {
            try (var generator = trainer.snapshot()) {
                Rows.sample(generator, seed, 1);
            }
        }

        private static long residentKilobytes() throws IOException {
            try (var lines = Files.lines(STATUS)) {
                var line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
    }
}
