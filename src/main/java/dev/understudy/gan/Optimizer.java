package dev.understudy.gan;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Adam with a warm-up, a decay of the learning rate over the horizon, and a weight average.
 *
 * @param learningRate of both networks after the warm-up, above 0 to 1
 * @param endShare share of it that is left at the horizon and after it, above 0 to 1
 * @param decay its way there
 * @param warmUpSteps steps over which it rises from zero, at least 1
 * @param horizonSteps steps over which the schedules run, at least 1. The longer, the more is explored before it settles
 * @param beta1 decay of the mean gradient, 0 to below 1
 * @param beta2 decay of the mean square, 0 to below 1
 * @param largestGradient L2 norm above which a network's gradient is scaled down to it, above 0
 * @param average decay of the weight average once warm, 0 to below 1. The nearer to 1, the smoother and the later
 */
public record Optimizer(
        double learningRate,
        double endShare,
        Decay decay,
        int warmUpSteps,
        long horizonSteps,
        double beta1,
        double beta2,
        double largestGradient,
        double average) {

    public Optimizer {
        Range.check("learningRate", learningRate, Double.MIN_VALUE, 1);
        Range.check("endShare", endShare, Double.MIN_VALUE, 1);
        Range.check("warmUpSteps", warmUpSteps, 1, 1_000_000);
        Range.check("horizonSteps", (double) horizonSteps, 1, 1_000_000_000_000L);
        Range.check("beta1", beta1, 0, 0.999999);
        Range.check("beta2", beta2, 0, 0.999999);
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

    /** How far the schedules are, 0 to 1. */
    double progress(long step) {
        return Math.min(1, (double) step / horizonSteps);
    }

    /** Share of the average that stays after the step number {@code step}: short at first, so that it forgets the start. */
    double kept(long step) {
        return Math.min(average, (step + 1.0) / (step + 10.0));
    }

    Optimizer withLearningRate(double rate) {
        return new Optimizer(rate, endShare, decay, warmUpSteps, horizonSteps, beta1, beta2, largestGradient, average);
    }

    Optimizer withHorizon(long steps) {
        return new Optimizer(learningRate, endShare, decay, warmUpSteps, steps, beta1, beta2, largestGradient, average);
    }
}
