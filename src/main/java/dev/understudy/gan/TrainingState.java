package dev.understudy.gan;

import ai.djl.ndarray.NDArray;
import dev.understudy.noise.Noise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers that training moves: the weights of both networks, their optimizers' moments and the weight average, each as
 * one flat array.
 */
final class TrainingState {

    /** The arrays, in the order in which a step takes them. */
    enum Part {
        GENERATOR("generator."),
        GENERATOR_MEAN("generator.mean."),
        GENERATOR_SQUARE("generator.square."),
        AVERAGE("average."),
        CRITIC("critic."),
        CRITIC_MEAN("critic.mean."),
        CRITIC_SQUARE("critic.square.");

        private final String prefix;

        Part(String prefix) {
            this.prefix = prefix;
        }

        private <T> T of(T generator, T critic) {
            return compareTo(CRITIC) < 0 ? generator : critic;
        }
    }

    private TrainingState() {}

    /** Fresh weights, an average that equals them, and no moments yet. */
    static Map<Part, float[]> fresh(Network generator, Network critic, long seed, float[] rows, int width) {
        // Two seeds of their own: weights must not share draws with each other or with the steps.
        var seeds = Noise.draws(seed, -1);
        var state = new EnumMap<Part, float[]>(Part.class);
        for (Part part : Part.values()) {
            state.put(part, new float[part.of(generator, critic).size()]);
        }
        state.put(Part.GENERATOR, generator.initial(seeds.nextLong(), rows, width));
        state.put(Part.AVERAGE, state.get(Part.GENERATOR));
        state.put(Part.CRITIC, critic.initial(seeds.nextLong(), rows, width));
        return state;
    }

    /**
     * The state in another layout. New numbers have no moments yet, and as Adam's corrections count the steps of all, first steps of
     * up to {@code 1 / sqrt(1 - beta2)} times the learning rate.
     *
     * @param fresh state of the networks for that layout
     */
    static Map<Part, float[]> carry(
            Map<Part, NDArray> state, Growth generator, Growth critic, Map<Part, float[]> fresh) {
        var next = new EnumMap<Part, float[]>(Part.class);
        state.forEach((part, array) ->
                next.put(part, part.of(generator, critic).carry(Program.numbers(array), fresh.get(part))));
        return next;
    }

    static Map<Part, float[]> read(Safetensors.Reader reader, Network generator, Network critic) throws IOException {
        var state = new EnumMap<Part, float[]>(Part.class);
        for (Part part : Part.values()) {
            state.put(part, ModelFile.weights(reader, part.prefix, part.of(generator, critic)));
        }
        return state;
    }

    static List<Safetensors.Tensor> tensors(Map<Part, NDArray> state, Network generator, Network critic) {
        var tensors = new ArrayList<Safetensors.Tensor>();
        state.forEach((part, array) ->
                tensors.addAll(ModelFile.tensors(part.prefix, part.of(generator, critic), Program.numbers(array))));
        return tensors;
    }
}
