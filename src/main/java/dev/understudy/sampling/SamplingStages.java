package dev.understudy.sampling;

import dev.understudy.sampling.generate.Intake;
import dev.understudy.sampling.generate.Sampler;
import dev.understudy.sampling.plan.Ledger;
import dev.understudy.sampling.plan.Planner;
import dev.understudy.sampling.plan.Versions;
import java.time.Duration;

/**
 * The stages that processors share, built once: the composition point of the flow.
 *
 * @param partitions of the request topic
 */
record SamplingStages(
        SamplingSettings settings, int partitions, Planner planner, Ledger ledger, Intake intake, Sampler sampler) {

    /** How long one call into a processor may go on: a transaction ends after 10 seconds, and may hold several calls. */
    static final Duration TURN = Duration.ofSeconds(1);

    static SamplingStages of(SamplingSettings settings, int partitions, Versions versions, Sampler sampler) {
        return new SamplingStages(
                settings,
                partitions,
                new Planner(versions, settings.limits()),
                new Ledger(settings.limits()),
                new Intake(versions::defined, versions::live, sampler, settings.batching().backlog()),
                sampler);
    }
}
