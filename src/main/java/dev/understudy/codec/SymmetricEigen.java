package dev.understudy.codec;

import java.util.Arrays;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's cyclic rotations (Golub and Van Loan, "Matrix
 * Computations", section 8.5).
 *
 * @param values in no particular order
 * @param vectors {@code [size][size]}, a column for each value, orthonormal
 */
record SymmetricEigen(double[] values, double[][] vectors) {
    private static final int MOST_SWEEPS = 60;

    /** What is left off the diagonal at the end, as a share of the whole. */
    private static final double TOLERANCE = 1e-14;

    static SymmetricEigen of(double[][] matrix) {
        int size = matrix.length;
        double[][] rest = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
        double[][] vectors = new double[size][size];
        for (int i = 0; i < size; i++) {
            vectors[i][i] = 1;
        }
        double enough = TOLERANCE * TOLERANCE * squares(matrix, true);
        for (int sweep = 0; sweep < MOST_SWEEPS && squares(rest, false) > enough; sweep++) {
            for (int p = 0; p < size; p++) {
                for (int q = p + 1; q < size; q++) {
                    rotate(rest, vectors, p, q);
                }
            }
        }
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = rest[i][i];
        }
        return new SymmetricEigen(values, vectors);
    }

    double largest() {
        return Arrays.stream(values).max().orElse(0);
    }

    private static double squares(double[][] matrix, boolean diagonal) {
        double sum = 0;
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                sum += i != j || diagonal ? matrix[i][j] * matrix[i][j] : 0;
            }
        }
        return sum;
    }

    /** Turns the plane of two axes so that the entry between them becomes 0. */
    private static void rotate(double[][] matrix, double[][] vectors, int p, int q) {
        if (matrix[p][q] == 0) {
            return;
        }
        double slope = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
        double tangent = Math.copySign(1, slope) / (Math.abs(slope) + Math.hypot(1, slope));
        double cosine = 1 / Math.hypot(1, tangent);
        double sine = tangent * cosine;
        for (double[] row : matrix) {
            turn(row, p, q, cosine, sine);
        }
        for (int k = 0; k < matrix.length; k++) {
            double left = matrix[p][k];
            double right = matrix[q][k];
            matrix[p][k] = cosine * left - sine * right;
            matrix[q][k] = sine * left + cosine * right;
        }
        for (double[] row : vectors) {
            turn(row, p, q, cosine, sine);
        }
    }

    private static void turn(double[] row, int p, int q, double cosine, double sine) {
        double left = row[p];
        double right = row[q];
        row[p] = cosine * left - sine * right;
        row[q] = sine * left + cosine * right;
    }
}
