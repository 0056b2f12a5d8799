package dev.understudy.learning.train;

import dev.understudy.gan.DivergedException;
import dev.understudy.gan.Shards;
import dev.understudy.gan.StepReport;
import dev.understudy.gan.Trainer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

/** A number of steps between two looks at the scores. */
public final class Round {

    private Round() {}

    /** How a round ended. */
    public sealed interface Outcome {}

    /**
     * All steps were taken.
     *
     * @param losses means over the round, by name
     */
    public record Finished(Map<String, Double> losses) implements Outcome {}

    /** A loss was not finite: trainer and candidate are void. */
    public record Diverged(String reason) implements Outcome {}

    /**
     * Takes steps.
     *
     * @param steps at least 1
     * @param shards into which each of them is cut
     * @param batches the rows of a step by its number, {@code [trainer.batch(), width]}
     */
    public static Outcome run(Trainer trainer, int steps, Shards shards, LongFunction<float[]> batches) {
        Means means = new Means();
        try {
            for (int i = 0; i < steps; i++) {
                means.add(trainer.step(batches.apply(trainer.steps()), shards));
            }
            return new Finished(means.byName());
        } catch (DivergedException e) {
            return new Diverged(e.getMessage());
        }
    }

    private static final class Means {
        private double critic;
        private double generator;
        private double penalty;
        private double gradient;
        private int steps;

        void add(StepReport step) {
            critic += step.criticLoss();
            generator += step.generatorLoss();
            penalty += step.penalty();
            gradient += step.gradientNorm();
            steps++;
        }

        Map<String, Double> byName() {
            Map<String, Double> means = new LinkedHashMap<>();
            means.put("critic", critic / steps);
            means.put("generator", generator / steps);
            means.put("penalty", penalty / steps);
            means.put("gradientNorm", gradient / steps);
            return means;
        }
    }
}
