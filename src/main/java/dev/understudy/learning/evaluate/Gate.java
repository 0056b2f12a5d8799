package dev.understudy.learning.evaluate;

import dev.understudy.learning.evaluate.Verdict.Hold;
import dev.understudy.learning.evaluate.Verdict.Promote;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides who is served. A candidate that collapsed or copies its training records never is; the first one must beat noise;
 * a later one replaces the live model unless it is significantly worse, or lost half of what the live one covers.
 *
 * <p>"Significantly" is one-sided at 95 %. The test compares both on the same held-out records, so their chance cancels
 * (Bounliphone et al. 2016, arXiv 1511.04581).
 */
public final class Gate {
    private static final double ONE_SIDED_95 = 1.645;
    private static final double LEAST_DIVERSITY = 0.1;
    private static final double MOST_MEMORISATION = 0.2;
    private static final double LEAST_KEPT_COVERAGE = 0.5;

    private Gate() {}

    /** The verdict on a candidate whose samples were not even finite. */
    public static Verdict notFinite() {
        return new Hold("The candidate's samples are not finite numbers.");
    }

    /** The verdict on the first candidate of a model. */
    public static Verdict first(Comparison candidate, Comparison noise) {
        return fault(candidate).<Verdict>map(Hold::new).orElseGet(() -> againstNoise(candidate, noise));
    }

    /** The verdict on a candidate that would replace a live model. */
    public static Verdict replacement(Comparison candidate, Comparison live) {
        return fault(candidate)
                .or(() -> loss(candidate, live))
                .<Verdict>map(Hold::new)
                .orElseGet(() -> againstLive(candidate, live));
    }

    private static Optional<String> fault(Comparison candidate) {
        Memorisation memorisation = candidate.memorisation();
        if (candidate.diversity() < LEAST_DIVERSITY) {
            return Optional.of(sentence(
                    "The candidate collapsed: its samples are %.3f times as diverse as real records, %.1f is the least.",
                    candidate.diversity(), LEAST_DIVERSITY));
        }
        if (memorisation.excess() - ONE_SIDED_95 * memorisation.error() > MOST_MEMORISATION) {
            return Optional.of(sentence(
                    "The candidate copies records it was trained on: memorisation %.2f, %.1f is the most.",
                    memorisation.excess(), MOST_MEMORISATION));
        }
        return Optional.empty();
    }

    private static Optional<String> loss(Comparison candidate, Comparison live) {
        double coverage = candidate.neighbours().coverage();
        double liveCoverage = live.neighbours().coverage();
        if (coverage < LEAST_KEPT_COVERAGE * liveCoverage) {
            return Optional.of(sentence(
                    "The candidate covers %.3f of the held-out records, the live model %.3f.", coverage, liveCoverage));
        }
        if (candidate.classCoverage() < LEAST_KEPT_COVERAGE * live.classCoverage()) {
            return Optional.of(sentence(
                    "The candidate shows %.2f of the classes, the live model %.2f.",
                    candidate.classCoverage(), live.classCoverage()));
        }
        return Optional.empty();
    }

    private static Verdict againstNoise(Comparison candidate, Comparison noise) {
        Estimate distance = candidate.kernelDistance();
        Estimate lead = distance.minus(noise.kernelDistance());
        // Where noise is all there is to learn, nothing can beat it significantly.
        if (distance.value() <= ONE_SIDED_95 * distance.error() && lead.value() < 0) {
            return new Promote(sentence(
                    "First model: its kernel distance %.4f from held-out records is within chance.", distance.value()));
        }
        if (lead.value() + ONE_SIDED_95 * lead.error() < 0) {
            return new Promote(sentence(
                    "First model: kernel distance %.4f, significantly below the %.4f of noise.",
                    distance.value(), noise.kernelDistance().value()));
        }
        return new Hold(sentence(
                "Not better than noise: kernel distance %.4f, noise has %.4f.",
                distance.value(), noise.kernelDistance().value()));
    }

    private static Verdict againstLive(Comparison candidate, Comparison live) {
        Estimate lag = candidate.kernelDistance().minus(live.kernelDistance());
        double error = ONE_SIDED_95 * lag.error();
        String figures = sentence(
                "kernel distance %.4f, the live model has %.4f (difference within %.4f is chance).",
                candidate.kernelDistance().value(), live.kernelDistance().value(), error);
        return lag.value() - error > 0
                ? new Hold("Significantly worse than the live model: " + figures)
                : new Promote((lag.value() + error < 0 ? "Significantly better: " : "Not worse: ") + figures);
    }

    private static String sentence(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
