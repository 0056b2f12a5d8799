package dev.understudy.sampling;

import dev.understudy.sampling.generate.Phases;
import dev.understudy.wire.Priority;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** Counts what the flow does, and what waits for what. <em>Thread safety</em>: share freely. */
public final class SamplingMeters implements Phases {
    /** Of a producer, in nanoseconds (KIP-761). */
    private static final Set<String> COMMITTING =
            Set.of("flush-time-ns-total", "txn-send-offsets-time-ns-total", "txn-commit-time-ns-total");

    private final Counter samples;
    private final DistributionSummary batches;
    private final Timer forward;
    private final Timer decode;
    private final Timer serialize;
    private final Timer produce;
    private final MeterRegistry registry;
    private final Map<Object, Map<Priority, Integer>> samplesByTask = new ConcurrentHashMap<>();
    private final Map<Object, Map<Reason, Integer>> requestsByTask = new ConcurrentHashMap<>();

    /** Why no more of a request is released now. */
    enum Reason {
        /** As much of its tenant is under way as may be. */
        QUOTA,
        /** As much of the request itself is. */
        WINDOW
    }

    /**
     * @param batchSize samples in a full batch
     */
    public SamplingMeters(MeterRegistry registry, int batchSize) {
        this.registry = registry;
        samples = Counter.builder("understudy.samples")
                .description("Samples made, whether committed or not")
                .register(registry);
        batches = DistributionSummary.builder("understudy.batch.samples")
                .description("Samples in a forward pass, in buckets of how full it is")
                .serviceLevelObjectives(levels(batchSize))
                .register(registry);
        forward = Timer.builder("understudy.forward")
                .description("Time of a forward pass")
                .register(registry);
        decode = Timer.builder("understudy.decode")
                .description("Time to read the rows of a forward pass as records")
                .register(registry);
        serialize = Timer.builder("understudy.serialize")
                .description("Time to write the records of a forward pass as the bytes of their topic")
                .register(registry);
        produce = Timer.builder("understudy.produce")
                .description("Time to hand samples of a request to the producer")
                .register(registry);
        for (Priority priority : Priority.values()) {
            Gauge.builder("understudy.waiting.samples", samplesByTask, all -> sum(all, priority))
                    .description("Samples that are released and wait for a forward pass")
                    .tag("priority", priority.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        for (Reason reason : Reason.values()) {
            Gauge.builder("understudy.waiting.requests", requestsByTask, all -> sum(all, reason))
                    .description("Requests of which no more is released until some of what is has been made")
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    /** Quarters of a pass, and all but one: what is above is full. */
    private static double[] levels(int batchSize) {
        return IntStream.of(batchSize / 4, batchSize / 2, batchSize * 3 / 4, batchSize - 1, batchSize)
                .filter(level -> level > 0)
                .distinct()
                .asDoubleStream()
                .toArray();
    }

    private static <K> int sum(Map<?, Map<K, Integer>> byTask, K key) {
        return byTask.values().stream().mapToInt(each -> each.get(key)).sum();
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

    @Override
    public void serialize(long nanos, int made) {
        serialize.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void produce(long nanos, int made) {
        produce.record(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Shows how long stream threads have spent committing, of which the producers keep the time.
     *
     * @param metrics of Kafka Streams
     */
    void commits(Supplier<Map<MetricName, ? extends Metric>> metrics) {
        FunctionCounter.builder("understudy.commit.seconds", metrics, SamplingMeters::commitSeconds)
                .description("Time in which stream threads flushed producers and committed, in seconds")
                .register(registry);
    }

    private static double commitSeconds(Supplier<Map<MetricName, ? extends Metric>> metrics) {
        return metrics.get().values().stream()
                .filter(metric -> COMMITTING.contains(metric.metricName().name()))
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue() / 1e9)
                .sum();
    }

    /** Takes note of what waits in a task for a forward pass, in samples. */
    void samplesWaiting(Object task, ToIntFunction<Priority> waiting) {
        samplesByTask.put(task, map(Priority.class, waiting));
    }

    /** Takes note of which requests wait in a task to have more released. */
    void requestsWaiting(Object task, ToIntFunction<Reason> waiting) {
        requestsByTask.put(task, map(Reason.class, waiting));
    }

    private static <K extends Enum<K>> Map<K, Integer> map(Class<K> keys, ToIntFunction<K> values) {
        Map<K, Integer> map = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            map.put(key, values.applyAsInt(key));
        }
        return map;
    }

    /** Forgets a task that has ended here. */
    void forget(Object task) {
        samplesByTask.remove(task);
        requestsByTask.remove(task);
    }
}
