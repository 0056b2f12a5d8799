package dev.understudy.noise;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Counter-based noise: what is drawn for a sample follows from (seed, index) alone, wherever and with whatever else it is
 * drawn. <em>Source</em>: Philox4x64-10, Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3".
 */
public final class Noise {
    private Noise() {}

    /**
     * Writes the noise of one sample: {@code latent} standard normals, then {@code gumbels} standard Gumbel numbers.
     *
     * @param truncation largest magnitude of a latent, above 0; {@link Double#POSITIVE_INFINITY} for none
     * @param noise {@code [batch, latent + gumbels]}, written at row {@code row}
     */
    public static void fill(long seed, long index, double truncation, int latent, int gumbels, float[] noise, int row) {
        throw new UnsupportedOperationException();
    }

    /** A stream of its own for the draws of the codec at (seed, index), independent of {@link #fill}. */
    public static UniformRandomProvider draws(long seed, long index) {
        throw new UnsupportedOperationException();
    }
}
