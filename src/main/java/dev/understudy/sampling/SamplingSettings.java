package dev.understudy.sampling;

import dev.understudy.sampling.generate.Batching;
import dev.understudy.sampling.plan.Limits;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the flow runs.
 *
 * @param application name of the group and of the internal topics; the same in all processes of a deployment
 * @param stateDirectory where Kafka Streams keeps what it can rebuild
 * @param threads stream threads, at least 1
 * @param modelThreads forward passes at a time, at least 1
 * @param commitInterval how often what was made is committed, and so seen
 * @param guarantee what a failure may do to samples
 * @param batching when to run a forward pass
 * @param limits what a request may cost
 */
public record SamplingSettings(
        String application,
        Path stateDirectory,
        int threads,
        int modelThreads,
        Duration commitInterval,
        Guarantee guarantee,
        Batching batching,
        Limits limits) {

    /** How often waiting noise is looked at. */
    Duration tick() {
        return Duration.ofMillis(Math.max(1, Math.min(10, batching.age().toMillis() / 10)));
    }
}
