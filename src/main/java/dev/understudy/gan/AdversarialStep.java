package dev.understudy.gan;

import ai.djl.ndarray.NDArray;
import dev.understudy.gan.Program.Input;
import dev.understudy.gan.TrainingState.Part;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One critic step and one generator step, gradients by shard of the batch. <em>Ownership</em>: closes what it makes; program and
 * state are its caller's.
 */
final class AdversarialStep implements AutoCloseable {

    private final Map<Part, NDArray> state;
    private final Shards shards;
    private final List<Program.Scope> scopes;
    private final Program.Scope sums;

    AdversarialStep(Program program, Map<Part, NDArray> state, Shards shards) {
        this.state = state;
        this.shards = shards;
        this.scopes = IntStream.range(0, shards.count())
                .mapToObj(part -> program.scope())
                .toList();
        this.sums = program.scope();
    }

    /**
     * Moves the state.
     *
     * @param numbers of the step, as {@link TrainingScript} reads them
     * @return losses of critic and generator, penalty, norms of the gradients of critic and generator
     */
    float[] take(Draws.Step draw, float[] numbers, int batch) {
        var common = Input.of(numbers, 1);
        var critics = shards.each(part -> scopes.get(part)
                .differentiate(
                        "critic_gradient",
                        state(Part.GENERATOR),
                        state(Part.CRITIC),
                        piece(draw.rows(), part, batch),
                        piece(draw.given(), part, batch),
                        piece(draw.mask(), part, batch),
                        piece(draw.noise(), part, batch),
                        piece(draw.mix(), part, batch),
                        piece(draw.moves(), part, batch),
                        common));
        float[] losses = Program.numbers(sum(critics, 1));
        var criticNorm = sums.differentiate(
                "move_critic",
                state(Part.CRITIC),
                state(Part.CRITIC_MEAN),
                state(Part.CRITIC_SQUARE),
                sum(critics, 0),
                common);
        var generators = shards.each(part -> scopes.get(part)
                .differentiate(
                        "generator_gradient",
                        state(Part.CRITIC),
                        critics.get(part).get(2),
                        critics.get(part).get(3),
                        critics.get(part).get(4),
                        piece(draw.rows(), part, batch),
                        piece(draw.given(), part, batch),
                        piece(draw.moves(), part, batch),
                        common));
        var generatorNorm = sums.differentiate(
                "move_generator",
                state(Part.GENERATOR),
                state(Part.GENERATOR_MEAN),
                state(Part.GENERATOR_SQUARE),
                state(Part.AVERAGE),
                sum(generators, 0),
                common);
        return new float[] {
            losses[0], number(sum(generators, 1)), losses[1], number(criticNorm.get(0)), number(generatorNorm.get(0))
        };
    }

    private NDArray state(Part part) {
        return state.get(part);
    }

    /** The rows of one shard. */
    private Input piece(float[] numbers, int part, int batch) {
        int from = shards.from(part, batch);
        return Input.of(numbers, from, shards.from(part + 1, batch), numbers.length / batch);
    }

    /** Sum of one of the results of all shards, in their order. */
    private NDArray sum(List<List<NDArray>> results, int index) {
        return results.stream()
                .map(result -> result.get(index))
                .reduce((x, y) -> sums.differentiate("sum", x, y).get(0))
                .orElseThrow();
    }

    private static float number(NDArray array) {
        return Program.numbers(array)[0];
    }

    @Override
    public void close() {
        sums.close();
        scopes.forEach(Program.Scope::close);
    }
}
