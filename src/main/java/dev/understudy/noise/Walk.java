package dev.understudy.noise;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A walk through latent space: its samples lie evenly on the way from sample 0 of one seed to sample 0 of another. Each follows
 * from the two seeds, the number of steps and its own index alone; both ends are exactly what {@link Noise} draws there, and the
 * way back has the same samples in the opposite order.
 *
 * <p>Latents take the great arc between the two vectors. A straight line would cut through the middle of the sphere near which
 * nearly all latents of that width lie, where a generator has never been.
 *
 * <p>Uniform numbers, which become choices, are moved as normal scores by the weights of a quarter turn, {@code cos} and
 * {@code sin}. The squares of these add up to one, so a sum of two independent scores is a score again, and the number uniform
 * wherever one stops: a choice is as likely on the way as at the ends. Straight interpolation would pull them to a half, and so
 * all choices to the likeliest; the angle that the vectors happen to have would bend the odds with it.
 *
 * <p><em>Source</em>: Shoemake 1985, "Animating rotation with quaternion curves"; White 2016, "Sampling generative networks",
 * arXiv 1609.04468. <em>Thread safety</em>: pure functions.
 *
 * @param from seed of the first sample
 * @param to seed of the last sample; if it is the same, the walk stays where it is
 * @param steps samples of the walk, both ends among them, from 2 to {@value #MOST_STEPS}
 */
public record Walk(long from, long to, long steps) {

    /** Up to here every place on the way is a number of its own in 64 bits. */
    public static final long MOST_STEPS = 1L << 53;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double QUARTER_TURN = Math.PI / 2;
    private static final int DOUBLE_BITS = 53;

    /** Where the sine of an angle is less, the arc is a line, or no arc is the shortest. */
    private static final double LEAST_SINE = 1e-9;

    public Walk {
        if (steps < 2 || steps > MOST_STEPS) {
            throw new IllegalArgumentException("steps must be from 2 to " + MOST_STEPS + ", it is " + steps);
        }
    }

    /**
     * Writes the noise of one sample, as {@link Noise#fill} does.
     *
     * @param index from 0, the sample of {@code from}, to {@code steps - 1}, that of {@code to}
     * @param truncation as there; on the way, a latent beyond it is set to it
     */
    public void fill(long index, double truncation, int latent, int uniforms, float[] noise, int row) {
        if (ends(index)) {
            Noise.fill(end(index), 0, truncation, latent, uniforms, noise, row);
            return;
        }
        float[] one = new float[latent + uniforms];
        float[] other = new float[latent + uniforms];
        Noise.fill(from, 0, truncation, latent, uniforms, one, 0);
        Noise.fill(to, 0, truncation, latent, uniforms, other, 0);
        int start = Math.multiplyExact(row, latent + uniforms);
        Weights arc = weights(angle(one, other, latent), index);
        for (int i = 0; i < latent; i++) {
            double z = arc.sum(one[i], other[i]);
            noise[start + i] = (float) Math.max(-truncation, Math.min(truncation, z));
        }
        Weights turn = weights(QUARTER_TURN, index);
        for (int i = latent; i < latent + uniforms; i++) {
            noise[start + i] = Noise.open((int) bits(turn.uniform(one[i], other[i]), Noise.OPEN_BITS));
        }
    }

    /** What {@link Noise#draws} is to a sample of a seed: each draw is moved as the uniform numbers are. */
    public UniformRandomProvider draws(long index) {
        if (ends(index)) {
            return Noise.draws(end(index), 0);
        }
        UniformRandomProvider one = Noise.draws(from, 0);
        UniformRandomProvider other = Noise.draws(to, 0);
        Weights turn = weights(QUARTER_TURN, index);
        return () -> bits(turn.uniform(one.nextDouble(), other.nextDouble()), DOUBLE_BITS) << (Long.SIZE - DOUBLE_BITS);
    }

    /** The first bits behind the point of a number from 0 to 1. */
    private static long bits(double uniform, int count) {
        return Math.min((1L << count) - 1, (long) Math.scalb(uniform, count));
    }

    private boolean ends(long index) {
        if (index < 0 || index >= steps) {
            throw new IllegalArgumentException("index must be from 0 to " + (steps - 1) + ", it is " + index);
        }
        return index == 0 || index == steps - 1 || from == to;
    }

    private long end(long index) {
        return index == 0 ? from : to;
    }

    /** Between two vectors, from 0 to pi; 0 if one has no length. */
    private static double angle(float[] one, float[] other, int width) {
        double product = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int i = 0; i < width; i++) {
            product += (double) one[i] * other[i];
            squares += (double) one[i] * one[i];
            otherSquares += (double) other[i] * other[i];
        }
        double lengths = Math.sqrt(squares * otherSquares);
        return lengths == 0 ? 0 : Math.acos(Math.max(-1, Math.min(1, product / lengths)));
    }

    /** What both ends count at a place on an arc. */
    private Weights weights(double angle, long index) {
        return new Weights(weight(angle, steps - 1 - index), weight(angle, index));
    }

    private double weight(double angle, long travelled) {
        double share = (double) travelled / (steps - 1);
        double sine = Math.sin(angle);
        return sine < LEAST_SINE ? share : Math.sin(share * angle) / sine;
    }

    private record Weights(double one, double other) {

        double sum(double a, double b) {
            return one * a + other * b;
        }

        /** From 0 to 1, of two numbers in [0, 1). */
        double uniform(double a, double b) {
            return NORMAL.cumulativeProbability(
                    sum(NORMAL.inverseCumulativeProbability(a), NORMAL.inverseCumulativeProbability(b)));
        }
    }
}
