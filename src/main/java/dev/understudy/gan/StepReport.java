package dev.understudy.gan;

/**
 * Means over the batch of one step.
 *
 * @param criticLoss the critic's adversarial loss, without the penalty
 * @param generatorLoss the generator's loss
 * @param penalty the gradient penalty as it entered the critic's loss, 0 on steps that skip it
 * @param gradientNorm L2 norm of the critic's gradient before clipping
 */
public record StepReport(float criticLoss, float generatorLoss, float penalty, float gradientNorm) {}
