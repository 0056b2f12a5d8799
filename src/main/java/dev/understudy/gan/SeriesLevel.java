package dev.understudy.gan;

import dev.understudy.codec.Span;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Calibrates the level of a series: the mean of each channel over time, along the axes in which real series differ most. */
final class SeriesLevel {

    private static final int POWER_ITERATIONS = 200;

    private final Span span;
    private final int width;
    private final int channels;
    private final double[][] first;
    private final double[][] weights;
    private final double[] offsets;
    private final double[] mean;
    private final double[][] axes;
    private final double[][] real;

    /**
     * @param rows real ones, {@code [any, width]}
     */
    SeriesLevel(Span span, float[] rows, int width) {
        var series = (Span.Series) span.value();
        var values = new SeriesValues(series);
        this.span = span;
        this.width = width;
        this.channels = series.channels();
        this.first = values.first();
        this.weights = new double[channels][series.width()];
        this.offsets = new double[channels];
        linear(values.next(), series.steps());
        double[][] levels = levels(rows);
        this.mean = IntStream.range(0, channels)
                .mapToDouble(c -> Arrays.stream(levels)
                        .mapToDouble(level -> level[c])
                        .average()
                        .orElse(0))
                .toArray();
        this.axes = axes(covariance(levels), Calibration.axes(series));
        this.real = along(levels);
    }

    /** Mean of each channel over time, for each row. */
    private double[][] levels(float[] rows) {
        double[][] levels = new double[rows.length / width][channels];
        for (int row = 0; row < levels.length; row++) {
            for (int c = 0; c < channels; c++) {
                double level = offsets[c];
                int start = row * width + span.valueOffset();
                for (int i = 0; i < weights[c].length; i++) {
                    level += weights[c][i] * rows[start + i];
                }
                levels[row][c] = level;
            }
        }
        return levels;
    }

    /** The mean over time is linear: a step counts for as many values as come after it. */
    private void linear(double[][] next, int steps) {
        for (int c = 0; c < channels; c++) {
            for (int step = 0; step < steps; step++) {
                double[] map = step == 0 ? first[c] : next[c];
                double share = (double) (steps - step) / steps;
                offsets[c] += share * map[channels];
                for (int i = 0; i < channels; i++) {
                    weights[c][step * channels + i] = share * map[i];
                }
            }
        }
    }

    private double[][] covariance(double[][] levels) {
        double[][] covariance = new double[channels][channels];
        for (double[] level : levels) {
            for (int i = 0; i < channels; i++) {
                for (int j = 0; j < channels; j++) {
                    covariance[i][j] += (level[i] - mean[i]) * (level[j] - mean[j]) / levels.length;
                }
            }
        }
        return covariance;
    }

    /** The first eigenvectors, by power iteration and deflation. */
    private static double[][] axes(double[][] matrix, int count) {
        double[][] axes = new double[count][];
        for (int axis = 0; axis < count; axis++) {
            double[] vector = IntStream.range(0, matrix.length)
                    .mapToDouble(i -> 1 + 0.1 * i)
                    .toArray();
            double length = 0;
            for (int i = 0; i < POWER_ITERATIONS; i++) {
                vector = times(matrix, vector);
                length = Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
                for (int j = 0; j < vector.length; j++) {
                    vector[j] /= Math.max(length, Double.MIN_NORMAL);
                }
            }
            axes[axis] = vector;
            for (int i = 0; i < matrix.length; i++) {
                for (int j = 0; j < matrix.length; j++) {
                    matrix[i][j] -= length * vector[i] * vector[j];
                }
            }
        }
        return axes;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        return Arrays.stream(matrix)
                .mapToDouble(row -> IntStream.range(0, row.length)
                        .mapToDouble(i -> row[i] * vector[i])
                        .sum())
                .toArray();
    }

    /** For each axis, how far the levels lie along it, ascending. */
    private double[][] along(double[][] levels) {
        return Arrays.stream(axes)
                .map(axis -> Arrays.stream(levels)
                        .mapToDouble(level -> IntStream.range(0, channels)
                                .mapToDouble(c -> axis[c] * (level[c] - mean[c]))
                                .sum())
                        .sorted()
                        .toArray())
                .toArray(double[][]::new);
    }

    /** Writes the axes, and the way back from a move along them to the floats of the first value. */
    void write(Calibrator calibrator) {
        float[] there = new float[axes.length * (channels + 1)];
        float[] back = new float[channels * axes.length];
        for (int axis = 0; axis < axes.length; axis++) {
            for (int c = 0; c < channels; c++) {
                there[axis * (channels + 1) + c] = (float) axes[axis][c];
                there[axis * (channels + 1) + channels] -= (float) (axes[axis][c] * mean[c]);
                back[c * axes.length + axis] = (float) whitened(c, axes[axis]);
            }
        }
        calibrator.put(Calibration.axesName(span), there);
        calibrator.put(Calibration.backName(span), back);
    }

    /** Float {@code index} of a move by {@code direction}: the columns of the map are orthogonal, so its inverse is its transpose, scaled. */
    private double whitened(int index, double[] direction) {
        double product = 0;
        double square = 0;
        for (int c = 0; c < channels; c++) {
            product += first[c][index] * direction[c];
            square += first[c][index] * first[c][index];
        }
        return product / square;
    }

    /** Bends the maps by what was made under the present ones. */
    void bend(Calibrator calibrator, float[] made) {
        double[][] levels = along(levels(made));
        for (int axis = 0; axis < axes.length; axis++) {
            calibrator.bend(
                    calibrator.offset(Calibration.mapsName(span)) + axis * Calibration.KNOTS, levels[axis], real[axis]);
        }
    }
}
