package dev.understudy.gan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A network written for another layout of the row: a number goes on if the network before had one for the same features. What is
 * new in a parameter, or in the networks of a separate value, that goes on, starts at the mean of its start: weights at zero, so
 * that what is known comes to what it came to; odds of new classes at their frequencies. Any other parameter starts fresh.
 *
 * <p><em>Source</em>: growth that preserves the function, Chen et al. 2016 (Net2Net), arXiv 1511.05641, here by zeros.
 */
final class Growth {

    private static final int FRESH = -1;
    private static final int ZERO = -2;

    /** For each number of the next network the index of the one before, or how it starts. */
    private final int[] sources;

    Growth(Network before, Network next, Origins origins) {
        this.sources = new int[next.size()];
        Arrays.fill(sources, FRESH);
        var known = blocks(before);
        for (var block : blocks(next).values()) {
            var name = block.parameter().name();
            var source = known.get(origins.parameter(name));
            if (source == null && origins.goesOn(name)) {
                Arrays.fill(
                        sources,
                        block.offset(),
                        block.offset() + block.parameter().size(),
                        block.start());
            } else if (source != null && source.fits(block)) {
                goOn(source, block, origins);
            }
        }
    }

    /** A parameter, and where its numbers start. */
    private record Block(Parameter parameter, int offset) {

        int rows() {
            return parameter.shape().get(0);
        }

        int columns() {
            return parameter.size() / rows();
        }

        /** What is new in it, if what it belongs to is not. */
        int start() {
            return parameter.start() instanceof Parameter.Normal ? ZERO : FRESH;
        }

        /** Whether it has the same axes, but for those whose features have a meaning of their own. */
        boolean fits(Block other) {
            return (rows() == other.rows() || !parameter.rows().isEmpty())
                    && (columns() == other.columns() || !parameter.columns().isEmpty());
        }
    }

    private static Map<String, Block> blocks(Network network) {
        var blocks = new HashMap<String, Block>();
        int offset = 0;
        for (Parameter parameter : network.parameters()) {
            blocks.put(parameter.name(), new Block(parameter, offset));
            offset += parameter.size();
        }
        return blocks;
    }

    private void goOn(Block before, Block next, Origins origins) {
        int[] rows = sources(before.parameter().rows(), next.parameter().rows(), next.rows(), origins);
        int[] columns = sources(before.parameter().columns(), next.parameter().columns(), next.columns(), origins);
        int at = next.offset();
        for (int row : rows) {
            for (int column : columns) {
                boolean known = row >= 0 && column >= 0;
                sources[at++] = known ? before.offset() + row * before.columns() + column : next.start();
            }
        }
    }

    /** Along one axis, the index before of each next index, -1 if there is none. */
    private static int[] sources(List<Feature> before, List<Feature> next, int size, Origins origins) {
        if (next.isEmpty()) {
            return IntStream.range(0, size).toArray();
        }
        var known = new HashMap<Feature, Integer>();
        before.forEach(feature -> known.put(feature, known.size()));
        return next.stream()
                .mapToInt(feature -> known.getOrDefault(feature.before(origins), -1))
                .toArray();
    }

    /**
     * The next network's numbers.
     *
     * @param before numbers of the network before: its weights, their average or their moments
     * @param fresh what new ones start from: fresh weights, or zeros for moments
     */
    float[] carry(float[] before, float[] fresh) {
        float[] numbers = new float[sources.length];
        for (int i = 0; i < numbers.length; i++) {
            int source = sources[i];
            if (source != ZERO) {
                numbers[i] = source == FRESH ? fresh[i] : before[source];
            }
        }
        return numbers;
    }
}
