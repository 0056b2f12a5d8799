package dev.understudy.learning.evaluate;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * One random layer: {@code scale * (leakyRelu(x W + b) - centre)}.
 *
 * @param weights {@code [inputs, outputs]}, row-major
 * @param bias {@code [outputs]}
 * @param centre {@code [outputs]}, taken off after the activation
 * @param scale of all outputs alike
 */
record Dense(float[] weights, float[] bias, float[] centre, float scale) {
    private static final float SLOPE = 0.2f;

    /** Below this deviation a layer's outputs are called constant, and are not blown up. */
    private static final double LEAST_DEVIATION = 0.05;

    static Dense random(int inputs, int outputs, UniformRandomProvider draws) {
        var normal = ZigguratSampler.NormalizedGaussian.of(draws);
        float[] weights = new float[inputs * outputs];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (normal.sample() / Math.sqrt(inputs));
        }
        float[] bias = new float[outputs];
        for (int i = 0; i < outputs; i++) {
            bias[i] = (float) (0.5 * normal.sample());
        }
        return new Dense(weights, bias, new float[outputs], 1);
    }

    /** The same layer with mean 0 and the given total deviation over the reference points. */
    Dense standardised(double deviation, Points reference) {
        Points outputs = apply(reference);
        float[] mean = mean(outputs);
        double variance = 0;
        for (int i = 0; i < outputs.values().length; i++) {
            double distance = outputs.values()[i] - mean[i % mean.length];
            variance += distance * distance / outputs.count();
        }
        return new Dense(weights, bias, mean, (float) (deviation / Math.max(LEAST_DEVIATION, Math.sqrt(variance))));
    }

    private static float[] mean(Points points) {
        float[] mean = new float[points.width()];
        for (int i = 0; i < points.values().length; i++) {
            mean[i % mean.length] += points.values()[i] / points.count();
        }
        return mean;
    }

    int outputs() {
        return bias.length;
    }

    Points apply(Points inputs) {
        float[] outputs = new float[inputs.count() * outputs()];
        for (int row = 0; row < inputs.count(); row++) {
            apply(inputs.values(), row * inputs.width(), outputs, row * outputs());
        }
        return new Points(outputs, inputs.count(), outputs());
    }

    /** Applies it to the inputs from {@code from} on; writes the outputs from {@code to} on. */
    void apply(float[] inputs, int from, float[] outputs, int to) {
        float[] sums = bias.clone();
        for (int i = 0; i < weights.length / sums.length; i++) {
            // Most inputs are zeros of one-hot choices.
            if (inputs[from + i] != 0) {
                Products.addScaled(inputs[from + i], weights, i * sums.length, sums);
            }
        }
        for (int j = 0; j < sums.length; j++) {
            float activated = sums[j] > 0 ? sums[j] : SLOPE * sums[j];
            outputs[to + j] = scale * (activated - centre[j]);
        }
    }
}
