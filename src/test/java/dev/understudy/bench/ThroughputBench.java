package dev.understudy.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Provenance;
import dev.understudy.kafka.TopicProvisioner;
import dev.understudy.kafka.TopicSpec;
import dev.understudy.kafka.WireRecords;
import dev.understudy.sampling.Sampling;
import dev.understudy.sampling.SamplingMeters;
import dev.understudy.sampling.SamplingSettings;
import dev.understudy.wire.NoiseBatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Samples a second from request to committed sample, each figure beside its limit in the same run, after many more to warm up:
 * the compilers of two Java processes take most of two cores for the first half minute. Takes some 15 GB of disk for the while.
 *
 * <p>System property {@code bench.samples}: samples that a throughput is measured over, in each round (200000).
 */
class ThroughputBench {
    private static final int SAMPLES = Integer.getInteger("bench.samples", 200_000);
    private static final int REQUEST = 10_000;
    private static final int PAYLOAD = 800;
    private static final List<String> STAGES = List.of("forward", "decode", "serialize", "produce", "commit");

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

    private static SamplingSettings settings(String preset, String name, int modelThreads) {
        return Presets.settings(preset, name + ".sampling", directory.resolve("state-" + name), modelThreads);
    }

    @Test
    void convolutionalImages() throws Exception {
        images("samples/s, 28x28 convolutional generator, requests of 10,000", "conv", "base");
    }

    @Test
    void denseImages() throws Exception {
        images("samples/s, MLP 100-128-256-512-1024-1024-784, requests of 10,000", "mlp", "classic");
    }

    private static void images(String figure, String name, String network) throws Exception {
        SamplingSettings settings = settings(Presets.THROUGHPUT, name, 1);
        try (Flow flow = new Flow(broker.bootstrap(), directory, name, 2);
                Service service = Service.ofImages(flow, directory, name, network, settings)) {
            flow.secondsOf("warm-up", SAMPLES, REQUEST);
            Map<String, Double> spent = new HashMap<>();
            STAGES.forEach(stage -> spent.put(stage, service.seconds(stage)));
            double[] seconds = {0};
            ObjectNode line = Rounds.line(
                    figure,
                    "samples/s",
                    () -> {
                        double taken = flow.secondsOf("many", SAMPLES, REQUEST);
                        seconds[0] += taken;
                        return SAMPLES / taken;
                    },
                    () -> Images.forwardRate(
                            service.model(), settings.batching().size(), 5));
            STAGES.forEach(
                    stage -> line.put(stage + "Share", (service.seconds(stage) - spent.get(stage)) / seconds[0]));
            BenchLines.append(line);
        }
    }

    @Test
    void kafkaAlone() throws Exception {
        int samples = 5 * SAMPLES;
        Identity identity = new Identity(PAYLOAD);
        SamplingSettings settings = settings(Presets.THROUGHPUT, Identity.MODEL, 1);
        SamplingMeters meters = new SamplingMeters(
                new SimpleMeterRegistry(), settings.batching().size());
        try (Flow flow = new Flow(broker.bootstrap(), directory, Identity.MODEL, 2);
                Sampling sampling = new Sampling(flow.clients(), flow.topics(), flow.provisioner(), settings, meters)) {
            sampling.start(identity.catalog(), identity, identity);
            Service.await(sampling);
            flow.secondsOf("warm-up", samples, REQUEST);
            bareProducer(samples, settings, headers());
            BenchLines.append(Rounds.line(
                            "samples/s, no generator, records of 800 bytes",
                            "samples/s",
                            () -> samples / flow.secondsOf("many", samples, REQUEST),
                            () -> bareProducer(samples, settings, headers()))
                    .put("limitWithoutHeaders", bareProducer(samples, settings, new RecordHeaders())));
        }
    }

    /** As every sample has them. */
    private static Headers headers() {
        return new Provenance()
                .of(
                        NoiseBatch.newBuilder()
                                .setRequest("many-0")
                                .setModel(Identity.MODEL)
                                .setVersion(1)
                                .setCount(1)
                                .build(),
                        1_000);
    }

    /** Records a second of a producer that does nothing else, in transactions as long as the service's. */
    @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if a record did
    private static double bareProducer(int samples, SamplingSettings settings, Headers headers) throws Exception {
        KafkaClients clients = new KafkaClients(broker.bootstrap(), "bare", Map.of());
        try (TopicProvisioner provisioner = new TopicProvisioner(clients.admin(), Optional.empty())) {
            provisioner.ensure(List.of(TopicSpec.plain("bare", 2)));
        }
        Map<String, Object> properties = new HashMap<>(KafkaClients.producing());
        properties.putAll(clients.common());
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "bare");
        byte[] value = new byte[PAYLOAD];
        byte[] key = "many-0/17".getBytes(StandardCharsets.UTF_8);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
                Subscriber subscriber = new Subscriber(clients, "bare")) {
            producer.initTransactions();
            long start = System.nanoTime();
            for (int sent = 0; sent < samples; ) {
                producer.beginTransaction();
                long end = System.nanoTime() + settings.commitInterval().toNanos();
                while (sent < samples && System.nanoTime() < end) {
                    int partition = sent++ / settings.batching().size() % 2;
                    producer.send(new ProducerRecord<>("bare", partition, key, value, headers));
                }
                producer.commitTransaction();
            }
            subscriber.await(samples);
            return samples * 1e9 / (System.nanoTime() - start);
        }
    }

    /** Requests a second, with and without company in a forward pass. */
    @Test
    void smallRequests() throws Exception {
        SamplingSettings together = settings(Presets.DEFAULTS, "together", 1);
        SamplingSettings apart = new SamplingSettings(
                "apart.sampling",
                directory.resolve("state-apart"),
                together.threads(),
                1,
                together.commitInterval(),
                together.guarantee(),
                dev.understudy.sampling.generate.Batching.of(
                        1, together.batching().age()),
                together.limits());
        double rate = requestsPerSecond("together", together, 10_000);
        BenchLines.append(BenchLines.line(
                "requests/s of one sample each, 28x28 convolutional generator",
                rate,
                requestsPerSecond("apart", apart, 2_000),
                "requests/s"));
    }

    private static double requestsPerSecond(String name, SamplingSettings settings, int requests) throws Exception {
        try (Flow flow = new Flow(broker.bootstrap(), directory, name, 2);
                Service service = Service.ofImages(flow, directory, name, "base", settings)) {
            asked(flow, "warm-up", requests / 2);
            return requests / asked(flow, "single", requests);
        }
    }

    private static double asked(Flow flow, String name, int requests) throws InterruptedException {
        long seen = flow.subscriber().count();
        long start = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            flow.ask(name + "-" + i, 1);
        }
        flow.subscriber().await(seen + requests);
        return (System.nanoTime() - start) / 1e9;
    }

    /** More and then fewer, so that a machine which slows down meanwhile does so for all numbers alike. */
    @Test
    void modelThreads() throws Exception {
        Map<Integer, Double> rates = new TreeMap<>();
        for (int threads : List.of(1, 2, 4, 2, 1)) {
            String name =
                    "threads-" + threads + "-" + rates.getOrDefault(threads, 0.).intValue();
            try (Flow flow = new Flow(broker.bootstrap(), directory, name, 2);
                    Service service = Service.ofImages(
                            flow, directory, name, "base", settings(Presets.THROUGHPUT, name, threads))) {
                rates.merge(threads, rate(flow, SAMPLES / 2), ThroughputBench::mean);
            }
        }
        report("threads", "samples/s, model threads", rates);
    }

    /** One joins after the other, and they leave again. */
    @Test
    void processes() throws Exception {
        Map<Integer, Double> rates = new TreeMap<>();
        Deque<Child> children = new ArrayDeque<>();
        try (Flow flow = new Flow(broker.bootstrap(), directory, "processes", 6)) {
            for (int processes : List.of(1, 2, 3, 2, 1)) {
                if (processes > children.size()) {
                    children.push(process(processes));
                } else {
                    children.pop().close();
                }
                rates.merge(processes, rate(flow, processes * SAMPLES / 2), ThroughputBench::mean);
            }
        } finally {
            for (Child child : children) {
                child.close();
            }
        }
        report("processes", "samples/s, processes", rates);
    }

    private static Child process(int number) throws IOException {
        return ServiceProcess.start(
                List.of("-Xmx512m"), broker.bootstrap(), directory, "processes", "base", "processes-" + number);
    }

    private static double rate(Flow flow, int warmUp) throws InterruptedException {
        flow.secondsOf("warm-up", warmUp, REQUEST);
        return SAMPLES / flow.secondsOf("many", SAMPLES, REQUEST);
    }

    private static double mean(double before, double after) {
        return (before + after) / 2;
    }

    /** Rates by number, each held against that many times the rate of one. */
    private static void report(String name, String figure, Map<Integer, Double> rates) throws IOException {
        for (var rate : rates.entrySet()) {
            double limit = rates.get(1) * rate.getKey();
            BenchLines.append(
                    BenchLines.line(figure, rate.getValue(), limit, "samples/s").put(name, rate.getKey()));
        }
    }
}
