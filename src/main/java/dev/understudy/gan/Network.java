package dev.understudy.gan;

import java.util.List;

/**
 * A network written down.
 *
 * @param source a TorchScript method whose first argument {@code w} takes the weights
 * @param parameters what the weights consist of, in order
 */
record Network(String source, List<Parameter> parameters) {

    /** Floats of its weights. */
    int size() {
        return parameters.stream().mapToInt(Parameter::size).sum();
    }

    /**
     * Its initial weights, a function of the seed and the rows alone.
     *
     * @param rows real ones, {@code [any, width]}; there may be none
     */
    float[] initial(long seed, float[] rows, int width) {
        return Parameter.initial(parameters, seed, rows, width);
    }
}
