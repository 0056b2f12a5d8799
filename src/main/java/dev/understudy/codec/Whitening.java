package dev.understudy.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * Vectors as white ones (mean 0, variance 1, uncorrelated) and back: {@code vector = mean + axes white}, where the axes are the
 * eigenvectors of the covariance, each times the root of its eigenvalue. Immutable.
 */
final class Whitening {
    /** Least eigenvalue, as a share of the largest. */
    private static final double FLOOR = 1e-6;

    /** Least eigenvalue at all, of what does not vary. */
    private static final double NOTHING = 1e-12;

    private final double[] mean;
    private final double[][] axes;
    private final double[] squares;

    /**
     * @param axes {@code [channels][channels]}, the columns orthogonal
     */
    Whitening(double[] mean, double[][] axes) {
        this.mean = mean;
        this.axes = axes;
        this.squares = new double[mean.length];
        for (double[] row : axes) {
            for (int j = 0; j < squares.length; j++) {
                squares[j] += row[j] * row[j];
            }
        }
    }

    /** Whitens what has this mean and this covariance; directions that hardly vary keep some of their smallness. */
    static Whitening of(double[] mean, double[][] covariance) {
        SymmetricEigen eigen = SymmetricEigen.of(covariance);
        double floor = Math.max(NOTHING, FLOOR * eigen.largest());
        int channels = mean.length;
        double[][] axes = new double[channels][channels];
        for (int i = 0; i < channels; i++) {
            for (int j = 0; j < channels; j++) {
                axes[i][j] = eigen.vectors()[i][j] * Math.sqrt(Math.max(eigen.values()[j], floor));
            }
        }
        return new Whitening(mean, axes);
    }

    double[] mean() {
        return mean;
    }

    double[][] axes() {
        return axes;
    }

    /** The white vector of a vector, from index {@code at} of a row on. */
    void whiten(double[] vector, float[] rows, int at) {
        for (int j = 0; j < mean.length; j++) {
            double sum = 0;
            for (int i = 0; i < mean.length; i++) {
                sum += axes[i][j] * (vector[i] - mean[i]);
            }
            rows[at + j] = (float) (sum / squares[j]);
        }
    }

    /** Adds to {@code into} the vector of the white one at index {@code at} of a row. */
    void addColoured(float[] rows, int at, double[] into) {
        for (int i = 0; i < mean.length; i++) {
            into[i] += mean[i];
            for (int j = 0; j < mean.length; j++) {
                into[i] += axes[i][j] * rows[at + j];
            }
        }
    }

    /** The map from white vectors to vectors, {@code [channels, channels + 1]}, row by row, the constant last. */
    List<Float> affine() {
        List<Float> numbers = new ArrayList<>();
        for (int i = 0; i < mean.length; i++) {
            for (double factor : axes[i]) {
                numbers.add((float) factor);
            }
            numbers.add((float) mean[i]);
        }
        return numbers;
    }

    /** Collects a mean and a covariance. */
    static final class Moments {
        private final double[] sums;
        private final double[][] products;
        private long count;

        Moments(int channels) {
            this.sums = new double[channels];
            this.products = new double[channels][channels];
        }

        void add(double[] vector) {
            count++;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += vector[i];
                for (int j = 0; j <= i; j++) {
                    products[i][j] += vector[i] * vector[j];
                }
            }
        }

        Whitening whitening() {
            double[] mean = new double[sums.length];
            double[][] covariance = new double[sums.length][sums.length];
            for (int i = 0; i < sums.length; i++) {
                mean[i] = sums[i] / Math.max(1, count);
                for (int j = 0; j <= i; j++) {
                    covariance[i][j] = products[i][j] / Math.max(1, count) - mean[i] * mean[j];
                    covariance[j][i] = covariance[i][j];
                }
            }
            return Whitening.of(mean, covariance);
        }
    }
}
