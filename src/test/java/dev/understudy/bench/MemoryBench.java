package dev.understudy.bench;

import dev.understudy.kafka.WireRecords;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Resident memory of a process that generates, its heap fixed and touched from the start, so that what grows is native: after many
 * samples and swaps of the model against after the first of them.
 *
 * <p>System property {@code bench.memory.samples}: samples in all (10000000); there are 1,000 swaps among them.
 */
class MemoryBench {
    private static final int SAMPLES = Integer.getInteger("bench.memory.samples", 10_000_000);
    private static final int SWAPS = 1_000;
    private static final int FIRST_SAMPLES = 100_000;
    private static final int FIRST_SWAPS = 10;

    @TempDir
    Path directory;

    @Test
    void residentMemory() throws Exception {
        WireRecords.trust();
        List<String> flags = List.of("-Xms384m", "-Xmx384m", "-XX:+AlwaysPreTouch");
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"));
                Flow flow = new Flow(broker.bootstrap(), directory, "memory", 2);
                Child service =
                        ServiceProcess.start(flags, broker.bootstrap(), directory, "memory", "small", "memory-0")) {
            int request = SAMPLES / SWAPS;
            double first = 0;
            for (int swap = 1; swap <= SWAPS; swap++) {
                flow.secondsOf("swap-" + swap, request, request);
                service.ask("swap " + (swap + 1), "swapped");
                if (first == 0 && swap >= FIRST_SWAPS && swap * request >= FIRST_SAMPLES) {
                    first = resident(service);
                }
            }
            BenchLines.append(
                    BenchLines.line("resident memory after all samples and swaps", resident(service), first, "KiB")
                            .put("samples", SAMPLES)
                            .put("swaps", SWAPS));
        }
    }

    private static double resident(Child service) throws Exception {
        return Double.parseDouble(service.ask("resident", "resident"));
    }
}
