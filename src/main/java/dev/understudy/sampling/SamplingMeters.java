package dev.understudy.sampling;

import dev.understudy.sampling.generate.Phases;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Counts what the generator does. <em>Thread safety</em>: share freely. */
public final class SamplingMeters implements Phases {
    private final Counter samples;
    private final DistributionSummary batches;
    private final Timer forward;
    private final Timer decode;

    public SamplingMeters(MeterRegistry registry) {
        samples = Counter.builder("understudy.samples")
                .description("Samples made, whether committed or not")
                .register(registry);
        batches = DistributionSummary.builder("understudy.batch.samples")
                .description("Samples in a forward pass")
                .register(registry);
        forward = Timer.builder("understudy.forward")
                .description("Time of a forward pass")
                .register(registry);
        decode = Timer.builder("understudy.decode")
                .description("Time to read the rows of a forward pass as records")
                .register(registry);
    }

    @Override
    public void forward(long nanos, int made) {
        samples.increment(made);
        batches.record(made);
        forward.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void decode(long nanos, int made) {
        decode.record(nanos, TimeUnit.NANOSECONDS);
    }
}
