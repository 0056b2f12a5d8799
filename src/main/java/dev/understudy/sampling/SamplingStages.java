package dev.understudy.sampling;

import dev.understudy.sampling.generate.Intake;
import dev.understudy.sampling.generate.Models;
import dev.understudy.sampling.generate.Sampler;
import dev.understudy.sampling.plan.Ledger;
import dev.understudy.sampling.plan.Planner;
import dev.understudy.sampling.plan.Versions;

/**
 * The stages that processors share, built once: the composition point of the flow.
 *
 * @param partitions of the request topic
 * @param models runs the sampler: the model threads
 * @param turns of the stream thread that asks
 */
record SamplingStages(
        SamplingSettings settings,
        int partitions,
        Planner planner,
        Ledger ledger,
        Intake intake,
        Sampler<byte[]> sampler,
        Models models,
        SamplingMeters meters,
        ThreadLocal<Turns> turns) {

    static SamplingStages of(
            SamplingSettings settings,
            int partitions,
            Versions versions,
            Sampler<byte[]> sampler,
            Models models,
            SamplingMeters meters) {
        return new SamplingStages(
                settings,
                partitions,
                new Planner(versions, settings.limits()),
                new Ledger(settings.limits()),
                new Intake(versions::defined, versions::live, sampler),
                sampler,
                models,
                meters,
                ThreadLocal.withInitial(() -> new Turns(System::nanoTime)));
    }
}
