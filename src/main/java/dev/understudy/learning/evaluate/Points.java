package dev.understudy.learning.evaluate;

/**
 * Embedded rows.
 *
 * @param values {@code [count, width]}, row-major
 */
record Points(float[] values, int count, int width) {

    /** Squared length of each point: {@code [count]}. */
    float[] squaredLengths() {
        float[] lengths = new float[count];
        for (int i = 0; i < values.length; i++) {
            lengths[i / width] += values[i] * values[i];
        }
        return lengths;
    }

    /** The same points column by column: {@code [width, count]}. */
    float[] transposed() {
        float[] columns = new float[values.length];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < width; k++) {
                columns[k * count + i] = values[i * width + k];
            }
        }
        return columns;
    }
}
