package dev.understudy.gan;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the two networks play for; by its name in a definition and in presets. */
public enum Objective {
    @JsonProperty("relativistic")
    RELATIVISTIC(new Relativistic(), GradientPenalty.ZERO_CENTRED),
    @JsonProperty("non-saturating")
    NON_SATURATING(new NonSaturating(), GradientPenalty.ZERO_CENTRED),
    @JsonProperty("minimax")
    MINIMAX(new Minimax(), GradientPenalty.ZERO_CENTRED),
    @JsonProperty("wasserstein")
    WASSERSTEIN(new Wasserstein(), GradientPenalty.ONE_CENTRED),
    @JsonProperty("hinge")
    HINGE(new Hinge(), GradientPenalty.ZERO_CENTRED);

    private final Loss loss;
    private final GradientPenalty penalty;

    Objective(Loss loss, GradientPenalty penalty) {
        this.loss = loss;
        this.penalty = penalty;
    }

    Loss loss() {
        return loss;
    }

    GradientPenalty penalty() {
        return penalty;
    }
}
