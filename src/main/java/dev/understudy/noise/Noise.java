package dev.understudy.noise;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.source64.Philox4x64;
import org.apache.commons.rng.core.source64.XoRoShiRo128PlusPlus;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Counter-based noise: what is drawn for a sample follows from (seed, index) alone, wherever and with whatever else it is
 * drawn. Any index is reached at once: the index is part of the counter, not a distance to walk.
 *
 * <p><em>Source</em>: Philox4x64-10, Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"; from there on
 * xoroshiro128++, Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators"; normals by the modified ziggurat,
 * McFarland 2016, arXiv 1403.6870. <em>Thread safety</em>: pure functions.
 */
public final class Noise {

    /** Second word of the key; with the seed it names this project's streams. */
    private static final long KEY = 0x756E646572737479L;

    /** What a stream is for, as the word of the counter that keeps it apart: a change would change every sample. */
    private static final long LATENT = 0;

    private static final long UNIFORM = 1;
    private static final long DRAWS = 2;

    static final int OPEN_BITS = 23;

    private Noise() {}

    /**
     * Writes the noise of one sample: {@code latent} standard normals, then {@code uniforms} numbers strictly between 0 and 1,
     * odd multiples of 2<sup>-24</sup>. The two come from streams of their own, so truncation changes no uniform number, nor the
     * latents within its bound.
     *
     * @param truncation largest magnitude of a latent, above 0; {@link Double#POSITIVE_INFINITY} for none. The smaller, the
     *     more draws it takes: about {@code 1.25 / truncation} a latent
     * @param noise {@code [batch, latent + uniforms]}, written at row {@code row}
     */
    public static void fill(
            long seed, long index, double truncation, int latent, int uniforms, float[] noise, int row) {
        if (!(truncation > 0)) {
            throw new IllegalArgumentException("truncation is " + truncation + ", must be above 0");
        }
        int start = Math.multiplyExact(row, latent + uniforms);
        normals(stream(seed, index, LATENT), truncation, noise, start, start + latent);
        uniforms(stream(seed, index, UNIFORM), noise, start + latent, start + latent + uniforms);
    }

    /** A stream of its own for the draws of the codec at (seed, index), independent of {@link #fill}. */
    public static UniformRandomProvider draws(long seed, long index) {
        return stream(seed, index, DRAWS);
    }

    /** Index and purpose are the counter; what it becomes is where a generator starts that is faster over a whole row. */
    private static UniformRandomProvider stream(long seed, long index, long purpose) {
        var counted = new Philox4x64(new long[] {seed, KEY, 0, 0, index, purpose});
        return new XoRoShiRo128PlusPlus(counted.nextLong(), counted.nextLong());
    }

    private static void normals(UniformRandomProvider uniform, double bound, float[] noise, int from, int to) {
        var normal = ZigguratSampler.NormalizedGaussian.of(uniform);
        for (int i = from; i < to; i++) {
            double z = normal.sample();
            while (Math.abs(z) > bound) {
                z = normal.sample();
            }
            noise[i] = (float) z;
        }
    }

    /** Two of each block of 64 bits. */
    private static void uniforms(UniformRandomProvider bits, float[] noise, int from, int to) {
        for (int i = from; i < to; i += 2) {
            long pair = bits.nextLong();
            noise[i] = open((int) pair >>> 9);
            if (i + 1 < to) {
                noise[i + 1] = open((int) (pair >>> 41));
            }
        }
    }

    /** A number strictly between 0 and 1 of {@value #OPEN_BITS} bits, so that its logarithm, and that one's, are finite. */
    static float open(int bits) {
        return (2 * bits + 1) * 0x1.0p-24f;
    }
}
