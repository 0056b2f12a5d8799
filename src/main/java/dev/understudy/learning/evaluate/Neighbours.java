package dev.understudy.learning.evaluate;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Quality and diversity by nearest neighbours, each from 0 to 1 but density, which may exceed 1.
 *
 * <p><em>Source</em>: precision and recall of Kynkaanniemi et al. 2019, arXiv 1904.06991; density and coverage of Naeem et
 * al. 2020, arXiv 2002.09797. The ball of a point reaches to its k-th nearest neighbour of its own kind.
 *
 * @param precision share of the samples within the ball of a real point
 * @param recall share of the real points within the ball of a sample
 * @param density balls of real points a sample lies in, over k
 * @param coverage share of the real points with a sample in their ball
 */
record Neighbours(double precision, double recall, double density, double coverage) {
    private static final int MAX_NEIGHBOURS = 5;

    static Neighbours of(Products real, Products cross, Products samples) {
        int k = Math.min(MAX_NEIGHBOURS, Math.min(real.rows(), samples.rows()) - 1);
        float[] realRadii = radii(real, k);
        float[] sampleRadii = radii(samples, k);
        int[] ballsOfSample = new int[cross.columns()];
        int[] samplesInBall = new int[cross.rows()];
        boolean[] recalled = new boolean[cross.rows()];
        for (int i = 0; i < cross.rows(); i++) {
            for (int j = 0; j < cross.columns(); j++) {
                float distance = cross.squaredDistance(i, j);
                if (distance <= realRadii[i]) {
                    ballsOfSample[j]++;
                    samplesInBall[i]++;
                }
                recalled[i] |= distance <= sampleRadii[j];
            }
        }
        long recalls =
                IntStream.range(0, recalled.length).filter(i -> recalled[i]).count();
        return new Neighbours(
                sharePositive(ballsOfSample),
                (double) recalls / recalled.length,
                Arrays.stream(ballsOfSample).average().orElse(0) / k,
                sharePositive(samplesInBall));
    }

    private static double sharePositive(int[] counts) {
        return Arrays.stream(counts).filter(count -> count > 0).count() / (double) counts.length;
    }

    /** Squared distance of each point to its k-th nearest other one. */
    private static float[] radii(Products points, int k) {
        float[] radii = new float[points.rows()];
        float[] distances = new float[points.columns()];
        for (int i = 0; i < radii.length; i++) {
            for (int j = 0; j < distances.length; j++) {
                distances[j] = i == j ? 0 : points.squaredDistance(i, j);
            }
            Arrays.sort(distances);
            radii[i] = distances[k];
        }
        return radii;
    }
}
