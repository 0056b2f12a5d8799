package dev.understudy.gan;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Adam with a warm-up, a decay of the learning rate over the horizon, and a weight average.
 *
 * @param learningRate of both networks after the warm-up, above 0 to 1; .002. Higher learns faster, until it diverges
 * @param endShare share of it that is left at the horizon and after it, above 0 to 1; .1, for series .05. The less, the finer it
 *     settles, and the slower it follows later records
 * @param decay its way there; exponential for tables, else cosine
 * @param warmUpSteps steps over which it rises from zero, at least 1; 50. The fewer, the sooner it learns, and the likelier it
 *     diverges at the start
 * @param horizonSteps steps over which the schedules run, at least 1; 10,000 for tables, else 5,000. The longer, the more is
 *     explored before it settles
 * @param firstStep step number from which they run; 0, later once the layout has been refreshed
 * @param beta1 decay of the mean gradient, 0 to below 1; 0. The larger, the smoother and the more two networks circle
 *     each other
 * @param beta2 decay of the mean square from the horizon on, 0 to below 1; .99. The nearer to 1, the steadier and
 *     the slower to follow gradients that change in size
 * @param beta2Start the same at the first step, 0 to below 1; null, which is so everywhere, for {@code beta2} throughout.
 *     Below it, the first steps follow gradients that still change in size (Huang et al. 2024, arXiv 2501.05441, go from .9 to .99)
 * @param largestGradient L2 norm above which a network's gradient is scaled down to it, above 0; 10 for tables, else 100. A
 *     guard: low enough to act at most steps, it slows learning
 * @param average decay of the weight average once warm, 0 to below 1; .99654, .997, .998, .999. The nearer to 1,
 *     the smoother and the later
 */
public record Optimizer(
        double learningRate,
        double endShare,
        Decay decay,
        int warmUpSteps,
        long horizonSteps,
        long firstStep,
        double beta1,
        double beta2,
        Double beta2Start,
        double largestGradient,
        double average) {

    public Optimizer {
        Range.check("learningRate", learningRate, Double.MIN_VALUE, 1);
        Range.check("endShare", endShare, Double.MIN_VALUE, 1);
        Range.check("warmUpSteps", warmUpSteps, 1, 1_000_000);
        Range.check("horizonSteps", (double) horizonSteps, 1, 1_000_000_000_000L);
        Range.check("firstStep", (double) firstStep, 0, Long.MAX_VALUE);
        Range.check("beta1", beta1, 0, 0.999999);
        Range.check("beta2", beta2, 0, 0.999999);
        beta2Start = beta2Start == null ? Double.valueOf(beta2) : beta2Start;
        Range.check("beta2Start", beta2Start, 0, 0.999999);
        Range.check("largestGradient", largestGradient, Double.MIN_VALUE, Double.MAX_VALUE);
        Range.check("average", average, 0, 0.999999);
    }

    /** The way from the whole learning rate to its end. */
    public enum Decay {
        /** Half a cosine (Loshchilov and Hutter 2017, arXiv 1608.03983). */
        @JsonProperty("cosine")
        COSINE {
            @Override
            double share(double progress, double end) {
                return end + (1 - end) * 0.5 * (1 + Math.cos(Math.PI * progress));
            }
        },
        /** Constant for three tenths, then exponential. */
        @JsonProperty("exponential")
        EXPONENTIAL {
            @Override
            double share(double progress, double end) {
                return Math.pow(end, Math.max(0, (progress - 0.3) / 0.7));
            }
        };

        abstract double share(double progress, double end);
    }

    /** Learning rate of the step number {@code step}, from 0. */
    double rate(long step) {
        double warm = Math.min(1, (step + 1.0) / warmUpSteps);
        return learningRate * warm * decay.share(progress(step), endShare);
    }

    /**
     * Decay of the mean square at the step number {@code step}: its window {@code 1 / (1 - beta2)} grows exponentially.
     *
     * <p>Adam corrects the mean square by {@code 1 - beta2^steps} with the present value, as if it had been so from the start.
     * While it rises, the true factor {@code 1 - product(beta2)} is larger, so early steps are too
     * short, by a fifth at most in a rise from .9 to .99 over 100 steps, never too long.
     */
    double beta2(long step) {
        return beta2Start == beta2
                ? beta2
                : 1 - (1 - beta2Start) * Math.pow((1 - beta2) / (1 - beta2Start), progress(step));
    }

    /** How far the schedules are, 0 to 1. */
    double progress(long step) {
        return Math.min(1, (double) (step - firstStep) / horizonSteps);
    }

    /** Share of the average that stays after the step number {@code step}: short at first, so that it forgets the start. */
    double kept(long step) {
        return Math.min(average, (step + 1.0) / (step + 10.0));
    }

    Optimizer withLearningRate(double rate) {
        return with(rate, horizonSteps, firstStep);
    }

    Optimizer withHorizon(long steps) {
        return with(learningRate, steps, firstStep);
    }

    /** The same with its schedules set back at a step number, if they are further than {@code progress} by then. */
    Optimizer rewound(long step, double progress) {
        long first = step - Math.round(progress * horizonSteps);
        return with(learningRate, horizonSteps, Math.max(firstStep, first));
    }

    private Optimizer with(double rate, long horizon, long first) {
        return new Optimizer(
                rate, endShare, decay, warmUpSteps, horizon, first, beta1, beta2, beta2Start, largestGradient, average);
    }

    /** The step number at which the schedules end. */
    public long lastStep() {
        return firstStep + horizonSteps;
    }
}
