package dev.understudy.quality;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.gan.TrainingSpeed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Measures what training and sampling cost beside what they cost others, and appends one JSON line for each figure to {@code
 * target/quality.jsonl}. Both take turns in one run, and what counts is the median of ratios: the machine need not be idle, but
 * figures of two cores mean something only if it nearly is, so each line says how busy it was.
 *
 * <p>System properties: those of {@link QualityFigures}; {@code quality.rounds} (turns, 5).
 */
class SpeedFigures {
    static final List<String> NAMES = List.of("training-cost", "sampling-table");

    private static final Path FILES = Path.of("target/quality");
    private static final Scripts SCRIPTS = Scripts.configured();
    private static final int ROUNDS = Integer.getInteger("quality.rounds", 5);

    private static final String STEPS = "500";
    private static final List<String> PROTOTYPE = List.of(
            "image.py --cpu 10 --net m --gnet b --gc 32 --dc 16 --batch 32 --lr 2e-3 --reg 4 --gamma 2 --ema .997"
                    .split(" "));

    /** Rows a second that CTGAN made of the same table on a machine like this one. */
    private static final double CTGAN_ROWS = 54_000;

    private static final int BATCHES = 200;

    /** Steps a second of the image networks, batch 32, on one core and on two, against PyTorch's on one. */
    @Test
    void trainingCost() throws Exception {
        assumeChosen("training-cost");
        Path directory = Files.createDirectories(FILES.resolve("training-cost"));
        List<Double> alone = new ArrayList<>();
        List<Double> shared = new ArrayList<>();
        List<Double> peer = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            peer.add(SCRIPTS.prototypeStepsPerSecond(directory.resolve("prototype-" + round + ".log"), PROTOTYPE));
            alone.add(stepsPerSecond(1, "cpu"));
            shared.add(stepsPerSecond(2, "wall"));
        }
        report("training-cost", "steps/s, one core", alone, peer, 1.2);
        report("training-cost", "steps/s, two cores", shared, peer, 1.8);
    }

    /**
     * Rows of Adult a second through noise, generator and codec: what CTGAN's {@code sample} does. On one core CPU time counts, on
     * two time does. The target is that of one core.
     */
    @Test
    void samplingTable() throws Exception {
        assumeChosen("sampling-table");
        List<Double> alone = new ArrayList<>();
        List<Double> shared = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (TableSampling one = TableSampling.of(SCRIPTS.data("adult").resolve("adult.csv"));
                TableSampling other = TableSampling.of(SCRIPTS.data("adult").resolve("adult.csv"))) {
            one.rowsPerCpuSecond(0, BATCHES);
            other.rowsPerCpuSecond(0, BATCHES);
            for (int round = 1; round <= ROUNDS; round++) {
                int seed = round;
                alone.add(one.rowsPerCpuSecond(seed, BATCHES));
                shared.add(rowsPerSecond(
                        threads,
                        List.of(
                                () -> one.rowsPerCpuSecond(seed, BATCHES),
                                () -> other.rowsPerCpuSecond(-seed, BATCHES))));
            }
        } finally {
            threads.shutdown();
        }
        List<Double> peer = Collections.nCopies(ROUNDS, CTGAN_ROWS);
        report("sampling-table", "rows/s, one core", alone, peer, 3.0);
        report("sampling-table", "rows/s, two cores", shared, peer, null);
    }

    private static void assumeChosen(String name) throws InterruptedException {
        String chosen = System.getProperty("quality", "");
        assumeTrue(chosen.isEmpty() || List.of(chosen.split(",", -1)).contains(name), name + " was not chosen");
        SCRIPTS.missing().ifPresent(reason -> {
            System.out.println("quality: SKIPPED, " + name + " is not measured: " + reason);
            assumeTrue(false, reason);
        });
    }

    /** Steps a second of a process of its own, of CPU time of its training thread or of time. */
    private static double stepsPerSecond(int shards, String clock) throws IOException, InterruptedException {
        Path data = SCRIPTS.data("fashion-mnist");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dshards=" + shards,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        TrainingSpeed.class.getName(),
                        data.resolve("train-images-idx3-ubyte.gz").toString(),
                        data.resolve("train-labels-idx1-ubyte.gz").toString(),
                        STEPS,
                        "base")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher speed = Pattern.compile(clock + " steps/s ([\\d.]+)").matcher(said);
        if (process.waitFor() != 0 || !speed.find()) {
            throw new IOException("training ended with " + process.exitValue() + ": " + said);
        }
        return Double.parseDouble(speed.group(1));
    }

    private static double rowsPerSecond(ExecutorService threads, List<Callable<Double>> both) throws Exception {
        long start = System.nanoTime();
        for (Future<Double> end : threads.invokeAll(both)) {
            end.get();
        }
        return both.size() * TableSampling.rows(BATCHES) * 1e9 / (System.nanoTime() - start);
    }

    private static void report(String data, String figure, List<Double> values, List<Double> peers, Double atLeast)
            throws IOException {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            ratios.add(values.get(i) / peers.get(i));
        }
        double ratio = median(ratios);
        ObjectNode line = Samples.JSON
                .createObjectNode()
                .put("data", data)
                .put("figure", figure)
                .put("value", median(values))
                .put("peer", median(peers))
                .put("ratio", ratio);
        if (atLeast != null) {
            line.put("ratioAtLeast", atLeast).put("reached", ratio >= atLeast);
        }
        line.put("turns", values.size())
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())
                .put("at", Instant.now().toString());
        QualityLines.append(line);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
