package dev.understudy.learning.evaluate;

import dev.understudy.codec.RowShape;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One examination: the held-out and training rows that everybody is measured against, embedded once.
 *
 * <p>Held-out rows are also the yardstick for how many samples to bring: as many as they are.
 *
 * <p><em>Thread safety</em>: one owner.
 */
public final class Exam {
    private final RowShape shape;
    private final float[] heldOutRows;
    private final Embedding embedding;
    private final Points heldOut;
    private final Points training;
    private final Products real;

    /**
     * @param seed of the embedding: the same for every exam of a model
     * @param heldOutRows {@code [heldOut, shape.width()]}, at least 4
     * @param trainingRows {@code [training, shape.width()]}, at least 1
     */
    public Exam(RowShape shape, long seed, float[] heldOutRows, float[] trainingRows) {
        int count = heldOutRows.length / shape.width();
        if (count < 4) {
            throw new IllegalArgumentException("an exam of " + count + " held-out rows says nothing, 4 is the least");
        }
        this.shape = shape;
        this.heldOutRows = heldOutRows;
        this.embedding = new Embedding(shape, seed, heldOutRows, count);
        this.heldOut = embedding.embed(heldOutRows, count);
        this.training = embedding.embed(trainingRows, trainingRows.length / shape.width());
        this.real = Products.of(heldOut, heldOut);
    }

    /** Samples an examinee is to bring. */
    public int questions() {
        return heldOut.count();
    }

    /**
     * Measures samples.
     *
     * @param rows {@code [questions, shape.width()]}
     * @return empty if a float is not finite: then there is nothing to measure
     */
    public Optional<Comparison> take(float[] rows) {
        if (rows.length != heldOutRows.length) {
            throw new IllegalArgumentException("got " + rows.length + " floats, expected " + heldOutRows.length);
        }
        return allFinite(rows) ? Optional.of(compare(rows)) : Optional.empty();
    }

    /** What rows of pure noise would reach: the least that a first model must beat. */
    public Comparison noise(long seed) {
        return compare(NoiseRows.of(shape, seed, questions()));
    }

    private Comparison compare(float[] rows) {
        Points samples = embedding.embed(rows, questions());
        Products cross = Products.of(heldOut, samples);
        Products own = Products.of(samples, samples);
        return new Comparison(
                KernelDistance.of(real, cross, own),
                Neighbours.of(real, cross, own),
                Memorisation.of(Products.of(training, samples), cross),
                ClassCoverage.of(shape, heldOutRows, rows),
                diversity(own));
    }

    private double diversity(Products own) {
        double spread = spread(real);
        return spread == 0 ? 1 : spread(own) / spread;
    }

    private static double spread(Products points) {
        double sum = 0;
        for (int i = 0; i < points.rows(); i++) {
            for (int j = 0; j < points.columns(); j++) {
                sum += points.squaredDistance(i, j);
            }
        }
        return sum / ((double) points.rows() * points.columns());
    }

    private static boolean allFinite(float[] rows) {
        return IntStream.range(0, rows.length).allMatch(i -> Float.isFinite(rows[i]));
    }
}
