package dev.understudy.gan;

import dev.understudy.noise.Noise;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.zip.GZIPInputStream;

/**
 * Trains on labelled images in IDX files, prints steps a second of CPU time and of time, and writes samples for the scripts that
 * score them: {@code TrainingSpeed <images.gz> <labels.gz> <steps> <preset> [<samples> [<horizon> [<records> [<most>]]]]}.
 *
 * <p>Of so many records, all by default, one in ten is held out, and the critic is told of them every 400 steps; {@code most}
 * bounds the share of rows whose images are moved. The system property {@code shards} says how many threads share a step. The
 * first steps, in which the JVM compiles, are left out of the speed.
 */
public final class TrainingSpeed {

    private static final int PIXELS = 28 * 28;
    private static final int WARM_UP_STEPS = 100;

    private TrainingSpeed() {}

    public static void main(String[] arguments) throws IOException {
        byte[] images = unzip(Path.of(arguments[0]), 16);
        byte[] labels = unzip(Path.of(arguments[1]), 8);
        int steps = Integer.parseInt(arguments[2]);
        var recipe = Recipe.preset(arguments[3], Shapes.labelledImage())
                .withHorizon(arguments.length > 5 ? Long.parseLong(arguments[5]) : steps);
        int records = arguments.length > 6 ? Integer.parseInt(arguments[6]) : labels.length;
        if (arguments.length > 7) {
            var preset = recipe.augmentation();
            recipe = recipe.withAugmentation(new Augmentation(
                    preset.target(), preset.speed(), Double.parseDouble(arguments[7]), preset.swaps()));
        }
        try (var trainer = Trainer.create(Shapes.labelledImage(), recipe, 7, new float[0])) {
            train(trainer, images, Arrays.copyOf(labels, records), steps);
            if (arguments.length > 4) {
                sample(trainer, Path.of(arguments[4]));
            }
        }
    }

    private static byte[] unzip(Path file, int header) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            in.skipNBytes(header);
            return in.readAllBytes();
        }
    }

    private static void train(Trainer trainer, byte[] images, byte[] labels, int steps) {
        var random = new Random(1);
        int learned = labels.length - labels.length / 10;
        int held = Math.min(500, labels.length / 10);
        int count = Integer.getInteger("shards", 1);
        var helpers = Executors.newFixedThreadPool(Math.max(1, count - 1));
        var shards = new Shards(count, helpers);
        double cpu = cpuSeconds();
        long start = System.nanoTime();
        for (int step = 0; step < steps; step++) {
            if (step == WARM_UP_STEPS) {
                cpu = cpuSeconds();
                start = System.nanoTime();
            }
            var report = trainer.step(rows(() -> random.nextInt(learned), images, labels, trainer.batch()), shards);
            if (step % 400 == 399 && trainer.augments()) {
                var unseen = new AtomicInteger(labels.length - held);
                double overfitting = trainer.compare(
                        rows(() -> random.nextInt(learned), images, labels, 500),
                        rows(unseen::getAndIncrement, images, labels, held));
                System.out.printf("%d over-fitting %.3f, moved %.2f%n", step, overfitting, trainer.augmentation());
            }
            if (step % 500 == 0 || step == steps - 1) {
                System.out.printf("%d %s%n", step, report);
            }
        }
        helpers.shutdown();
        cpu = cpuSeconds() - cpu;
        double seconds = (System.nanoTime() - start) / 1e9;
        int counted = steps > WARM_UP_STEPS ? steps - WARM_UP_STEPS : steps;
        System.out.printf(
                Locale.ROOT,
                "%d steps, cpu steps/s %.1f, wall steps/s %.1f%n",
                counted,
                counted / cpu,
                counted / seconds);
    }

    /** Of the training thread. */
    private static double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    private static float[] rows(IntSupplier records, byte[] images, byte[] labels, int batch) {
        int width = 10 + PIXELS;
        float[] rows = new float[batch * width];
        for (int row = 0; row < batch; row++) {
            int record = records.getAsInt();
            rows[row * width + labels[record]] = 1;
            for (int i = 0; i < PIXELS; i++) {
                rows[row * width + 10 + i] = (images[record * PIXELS + i] & 0xFF) / 127.5f - 1;
            }
        }
        return rows;
    }

    /** Ten thousand images as bytes, and beside them their labels: half given, half made. */
    private static void sample(Trainer trainer, Path file) throws IOException {
        int count = 10_000;
        int width = 10 + PIXELS;
        try (var generator = trainer.snapshot()) {
            float[] noise = new float[count * generator.noiseWidth()];
            float[] given = new float[count * width];
            float[] mask = new float[count * 2];
            for (int row = 0; row < count; row++) {
                Noise.fill(3, row, Double.POSITIVE_INFINITY, generator.latent(), 10, noise, row);
                given[row * width + row % 10] = 1;
                mask[row * 2] = row < count / 2 ? 1 : 0;
            }
            double start = cpuSeconds();
            float[] rows = generator.generate(noise, given, mask, count);
            System.out.printf("%.0f images/s%n", count / (cpuSeconds() - start));
            write(rows, width, count, file);
        }
    }

    private static void write(float[] rows, int width, int count, Path file) throws IOException {
        byte[] images = new byte[count * PIXELS];
        byte[] labels = new byte[count];
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < PIXELS; i++) {
                images[row * PIXELS + i] = (byte) Math.round((rows[row * width + 10 + i] + 1) * 127.5);
            }
            for (byte label = 0; label < 10; label++) {
                labels[row] = rows[row * width + label] == 1 ? label : labels[row];
            }
        }
        Files.write(file, images);
        Files.write(file.resolveSibling(file.getFileName() + ".labels"), labels);
    }
}
