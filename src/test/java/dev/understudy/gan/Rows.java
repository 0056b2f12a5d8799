package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import dev.understudy.noise.Noise;
import java.util.Random;

/** Made-up rows and noise for tests. */
final class Rows {

    private Rows() {}

    /** Well-formed rows: a class for each choice, live values only, images of noise around a grey, strings of even odds. */
    static float[] random(RowShape shape, int count, long seed) {
        var random = new Random(seed);
        float[] rows = new float[count * shape.width()];
        for (int row = 0; row < count; row++) {
            for (Span span : shape.spans()) {
                fill(span, random, rows, row * shape.width());
            }
        }
        return rows;
    }

    private static void fill(Span span, Random random, float[] rows, int start) {
        boolean live = true;
        int choice = 0;
        if (span.choices() > 0) {
            choice = random.nextInt(span.choices());
            rows[start + span.choiceOffset() + choice] = 1;
            live = choice == span.choices() - 1;
        }
        if (span.value() instanceof Span.Text text) {
            for (int place = 0; place < text.lengths().get(choice); place++) {
                rows[start + span.valueOffset() + place * text.symbols() + random.nextInt(text.symbols())] = 1;
            }
            return;
        }
        for (int i = 0; live && i < span.value().width(); i++) {
            double value = random.nextGaussian();
            rows[start + span.valueOffset() + i] = (float)
                    (span.value() instanceof Span.Image || span.value() instanceof Span.Video
                            ? Math.tanh(value)
                            : value);
        }
    }

    /** Noise of samples {@code [from, from + count)}. */
    static float[] noise(Generator generator, int from, int count) {
        int gumbels = generator.noiseWidth() - generator.latent();
        float[] noise = new float[count * generator.noiseWidth()];
        for (int row = 0; row < count; row++) {
            Noise.fill(5, from + row, Double.POSITIVE_INFINITY, generator.latent(), gumbels, noise, row);
        }
        return noise;
    }

    /** Samples {@code [from, from + count)} with nothing given. */
    static float[] sample(Generator generator, int from, int count) {
        var shape = generator.shape();
        return generator.generate(
                noise(generator, from, count),
                new float[count * shape.width()],
                new float[count * shape.fields()],
                count);
    }
}
