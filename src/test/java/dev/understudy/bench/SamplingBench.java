package dev.understudy.bench;

import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.TopicProvisioner;
import dev.understudy.kafka.TopicSpec;
import dev.understudy.kafka.WireRecords;
import dev.understudy.model.LoadedModel;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.ModelStore;
import dev.understudy.model.ServedModels;
import dev.understudy.sampling.Guarantee;
import dev.understudy.sampling.SamplingMeters;
import dev.understudy.sampling.SamplingSettings;
import dev.understudy.sampling.generate.Batching;
import dev.understudy.sampling.generate.ServedSampler;
import dev.understudy.sampling.plan.CatalogVersions;
import dev.understudy.sampling.plan.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures generation from request to committed sample, each figure beside its limit in the same run, and appends a JSON line for
 * each to {@code target/bench.jsonl}.
 *
 * <p>System property {@code bench.samples}: samples that a throughput is measured over (200000).
 */
class SamplingBench {
    private static final int SAMPLES = Integer.getInteger("bench.samples", 200_000);
    private static final int REQUEST = 10_000;
    private static final int BATCH = 256;
    private static final Duration COMMIT = Duration.ofMillis(100);
    private static final int PAYLOAD = 800;

    @TempDir
    static Path directory;

    private static BrokerProcess broker;

    @BeforeAll
    static void start() throws IOException {
        WireRecords.trust();
        // As the application is built: without it, Kafka Streams formats a line for every record it sends.
        Logger.getLogger("").setLevel(Level.INFO);
        broker = BrokerProcess.start(directory.resolve("kafka"));
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    private static SamplingSettings settings(String name, Batching batching) {
        return new SamplingSettings(
                name + ".sampling",
                directory.resolve("state-" + name),
                1,
                1,
                COMMIT,
                Guarantee.EXACTLY_ONCE,
                batching,
                new Limits(100_000_000, 10_000, batching.size(), 64 * BATCH, 256 * BATCH));
    }

    /** An image model in service, and what was measured of its stages. */
    private static final class Service implements AutoCloseable {
        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final ServedModels served;
        private final ServedModels.Lease lease;
        private final Flow flow;

        Service(String name, String preset, Batching batching) throws IOException, InterruptedException {
            ModelStore store = new ModelStore(Files.createDirectories(directory.resolve("store-" + name)));
            ModelCatalog catalog = Images.catalog(name, preset, store);
            served = new ServedModels(catalog, store, 1);
            lease = served.lease(name, 1);
            SamplingMeters sampled = new SamplingMeters(meters, batching.size());
            flow = new Flow(
                    broker.bootstrap(),
                    directory,
                    name,
                    settings(name, batching),
                    sampled,
                    name,
                    catalog,
                    new CatalogVersions(catalog, served),
                    new ServedSampler(served, sampled));
        }

        LoadedModel model() {
            return lease.model();
        }

        double seconds(String timer) {
            return meters.get(timer).timer().totalTime(TimeUnit.NANOSECONDS) / 1e9;
        }

        @Override
        public void close() throws InterruptedException {
            flow.close();
            lease.close();
            served.close();
        }
    }

    @Test
    void convolutionalImages() throws Exception {
        throughput("samples/s, 28x28 convolutional generator, requests of 10,000", "conv", "base");
    }

    @Test
    void denseImages() throws Exception {
        throughput("samples/s, MLP 100-128-256-512-1024-1024-784, requests of 10,000", "mlp", "classic");
    }

    private static void throughput(String figure, String name, String preset) throws Exception {
        try (Service service = new Service(name, preset, Batching.of(BATCH, Duration.ofMillis(20)))) {
            Images.forwardRate(service.model(), BATCH, 2);
            service.flow.request("warm-up", REQUEST);
            service.flow.subscriber().await(REQUEST);
            double before = Images.forwardRate(service.model(), BATCH, 5);
            double forward = service.seconds("understudy.forward");
            double decode = service.seconds("understudy.decode");
            double seconds = secondsOf(service.flow);
            double after = Images.forwardRate(service.model(), BATCH, 5);
            var line = BenchLines.line(figure, SAMPLES / seconds, (before + after) / 2, "samples/s");
            line.put("forwardShare", (service.seconds("understudy.forward") - forward) / seconds);
            line.put("decodeShare", (service.seconds("understudy.decode") - decode) / seconds);
            BenchLines.append(line);
        }
    }

    /** Time from asking to the last sample that is seen committed. */
    private static double secondsOf(Flow flow) throws InterruptedException {
        long seen = flow.subscriber().count();
        long start = System.nanoTime();
        for (int i = 0; i < SAMPLES / REQUEST; i++) {
            flow.request("many-" + i, REQUEST);
        }
        flow.subscriber().await(seen + SAMPLES);
        return (System.nanoTime() - start) / 1e9;
    }

    @Test
    void kafkaAlone() throws Exception {
        Identity identity = new Identity(PAYLOAD);
        try (Flow flow = new Flow(
                broker.bootstrap(),
                directory,
                "identity",
                settings("identity", Batching.of(BATCH, Duration.ofMillis(20))),
                new SamplingMeters(new SimpleMeterRegistry(), BATCH),
                Identity.MODEL,
                identity.catalog(),
                identity,
                identity)) {
            flow.request("warm-up", 5 * REQUEST);
            flow.subscriber().await(5 * REQUEST);
            double before = bareProducer();
            double seconds = secondsOf(flow);
            double after = bareProducer();
            BenchLines.append(BenchLines.line(
                    "samples/s, no generator, records of 800 bytes",
                    SAMPLES / seconds,
                    (before + after) / 2,
                    "samples/s"));
        }
    }

    /** Records a second of a producer that does nothing else, in transactions as long as the service's. */
    @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if a record did
    private static double bareProducer() throws Exception {
        KafkaClients clients = new KafkaClients(broker.bootstrap(), "bare", Map.of());
        try (TopicProvisioner provisioner = new TopicProvisioner(clients.admin(), Optional.empty())) {
            provisioner.ensure(List.of(TopicSpec.plain("bare", 2)));
        }
        Map<String, Object> properties = new HashMap<>(KafkaClients.producing());
        properties.putAll(clients.common());
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "bare");
        byte[] value = new byte[PAYLOAD];
        byte[] key = "many-0/17".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
                Subscriber subscriber = new Subscriber(clients, "bare")) {
            producer.initTransactions();
            long start = System.nanoTime();
            for (int sent = 0; sent < SAMPLES; ) {
                producer.beginTransaction();
                long end = System.nanoTime() + COMMIT.toNanos();
                while (sent < SAMPLES && System.nanoTime() < end) {
                    producer.send(new ProducerRecord<>("bare", sent++ / BATCH % 2, key, value));
                }
                producer.commitTransaction();
            }
            subscriber.await(SAMPLES);
            return SAMPLES * 1e9 / (System.nanoTime() - start);
        }
    }

    /** Requests a second, with and without company in a forward pass. */
    @Test
    void smallRequests() throws Exception {
        double together;
        try (Service service = new Service("together", "base", Batching.of(BATCH, Duration.ofMillis(20)))) {
            together = requestsPerSecond(service.flow, 10_000);
        }
        try (Service service = new Service("apart", "base", Batching.of(1, Duration.ofMillis(20)))) {
            BenchLines.append(BenchLines.line(
                    "requests/s of one sample each, 28x28 convolutional generator",
                    together,
                    requestsPerSecond(service.flow, 2_000),
                    "requests/s"));
        }
    }

    private static double requestsPerSecond(Flow flow, int requests) throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            flow.ask("warm-" + i, 1);
        }
        flow.subscriber().await(500);
        long start = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            flow.ask("single-" + i, 1);
        }
        flow.subscriber().await(500 + requests);
        return requests * 1e9 / (System.nanoTime() - start);
    }

    /** Time from asking for a sample to seeing it: idle, and while a million are made. */
    @Test
    void latency() throws Exception {
        try (Service service = new Service("latency", "base", Batching.of(BATCH, Duration.ofMillis(20)))) {
            latencies(service.flow, "warm", 50);
            List<Double> idle = latencies(service.flow, "idle", 300);
            service.flow.request("million", 1_000_000);
            Thread.sleep(3_000);
            List<Double> busy = latencies(service.flow, "busy", 300);
            var line = BenchLines.line(
                    "p99 of one sample at 10 requests/s while a request of 1,000,000 runs",
                    quantile(busy, .99),
                    quantile(idle, .99),
                    "ms");
            BenchLines.append(line.put("p50", quantile(busy, .5)).put("p50Idle", quantile(idle, .5)));
        }
    }

    /** Milliseconds, ascending. */
    private static List<Double> latencies(Flow flow, String name, int requests) throws InterruptedException {
        Map<String, Long> asked = new HashMap<>();
        for (int i = 0; i < requests; i++) {
            String id = "one-" + name + "-" + i;
            asked.put(id, System.nanoTime());
            flow.request(id, 1);
            Thread.sleep(100);
        }
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!flow.subscriber().seenAt().keySet().containsAll(asked.keySet()) && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        List<Double> latencies = new ArrayList<>();
        asked.forEach((id, at) -> latencies.add((flow.subscriber().seenAt().get(id) - at) / 1e6));
        Collections.sort(latencies);
        return latencies;
    }

    private static double quantile(List<Double> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
    }
}
