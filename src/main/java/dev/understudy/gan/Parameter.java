package dev.understudy.gan;

import dev.understudy.noise.Noise;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * One named array of a network's weights.
 *
 * @param name dotted path, unique within the network
 * @param shape its shape
 * @param start what it holds before training
 * @param rows what it makes, along the first axis; none where training gives it its meaning
 * @param columns what it reads, along the other axes; none where training gives it its meaning
 */
record Parameter(String name, List<Integer> shape, Start start, List<Feature> rows, List<Feature> columns) {

    Parameter(String name, List<Integer> shape, Start start) {
        this(name, shape, start, List.of(), List.of());
    }

    /** What a parameter holds before training. */
    sealed interface Start {}

    /** Independent normals of the given standard deviation; zero gives zeros. */
    record Normal(double deviation) implements Start {}

    /** Given numbers. */
    record Fixed(List<Float> numbers) implements Start {}

    /** What a chain counts in real rows. */
    record Counted(Chain chain) implements Start {}

    /** Numbers it holds. */
    int size() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    /**
     * Its initial numbers, a function of seed, index and rows alone.
     *
     * @param rows real ones, {@code [any, width]}; there may be none
     */
    float[] initial(long seed, long index, float[] rows, int width) {
        if (start instanceof Counted counted) {
            return counted.chain().count(rows, width);
        }
        float[] numbers = new float[size()];
        if (start instanceof Fixed fixed) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = fixed.numbers().get(i);
            }
        } else if (start instanceof Normal normal) {
            var sampler = ZigguratSampler.NormalizedGaussian.of(Noise.draws(seed, index));
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) (normal.deviation() * sampler.sample());
            }
        }
        return numbers;
    }

    /** The initial numbers of all parameters of a network, one after the other. */
    static float[] initial(List<Parameter> parameters, long seed, float[] rows, int width) {
        float[] all = new float[parameters.stream().mapToInt(Parameter::size).sum()];
        int offset = 0;
        for (int i = 0; i < parameters.size(); i++) {
            float[] numbers = parameters.get(i).initial(seed, i, rows, width);
            System.arraycopy(numbers, 0, all, offset, numbers.length);
            offset += numbers.length;
        }
        return all;
    }

    /** Cuts one flat array into the numbers of its parameters. */
    static List<float[]> split(List<Parameter> parameters, float[] all) {
        var offset = new int[1];
        return parameters.stream()
                .map(p -> Arrays.copyOfRange(all, offset[0], offset[0] += p.size()))
                .toList();
    }
}
