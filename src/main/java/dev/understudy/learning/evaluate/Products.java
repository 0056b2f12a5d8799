package dev.understudy.learning.evaluate;

import java.util.Arrays;

/**
 * All inner products of two sets of points, from which both kernel and distances follow.
 *
 * @param values {@code [rows, columns]}, row-major
 * @param rowLengths squared length of each point of the first set
 * @param columnLengths squared length of each point of the second set
 * @param width coordinates of a point
 */
record Products(float[] values, float[] rowLengths, float[] columnLengths, int width) {

    static Products of(Points rows, Points columns) {
        float[] values = new float[rows.count() * columns.count()];
        float[] transposed = columns.transposed();
        float[] line = new float[columns.count()];
        for (int i = 0; i < rows.count(); i++) {
            Arrays.fill(line, 0);
            for (int k = 0; k < rows.width(); k++) {
                addScaled(rows.values()[i * rows.width() + k], transposed, k * columns.count(), line);
            }
            System.arraycopy(line, 0, values, i * line.length, line.length);
        }
        return new Products(values, rows.squaredLengths(), columns.squaredLengths(), rows.width());
    }

    /** {@code target += factor * source[offset..]}: a loop the JIT compiler turns into vector instructions. */
    static void addScaled(float factor, float[] source, int offset, float[] target) {
        for (int j = 0; j < target.length; j++) {
            target[j] += factor * source[offset + j];
        }
    }

    int rows() {
        return rowLengths.length;
    }

    int columns() {
        return columnLengths.length;
    }

    /** Squared distance of a point of the first set to one of the second, not negative. */
    float squaredDistance(int row, int column) {
        float distance = rowLengths[row] + columnLengths[column] - 2 * values[row * columns() + column];
        return Math.max(0, distance);
    }
}
