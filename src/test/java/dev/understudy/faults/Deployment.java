package dev.understudy.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.PackagedApplication;
import dev.understudy.bench.BrokerProcess;
import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.TopicProvisioner;
import dev.understudy.kafka.Topics;
import dev.understudy.kafka.WireFormat;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.ModelStore;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.ModelDefinition;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A broker and the packaged application as generators, each in a process of its own, with somebody who asks and somebody who reads;
 * and the account that is taken of them after a fault. Files lie in {@code target/faults/<name>}, logs among them.
 *
 * <p><em>Ownership</em>: ends all processes that it started.
 */
final class Deployment implements AutoCloseable {
    static final int PARTITIONS = 4;

    /** Requests a second when it is under load. */
    static final int PER_SECOND = 10;

    /** How soon after a fault it must serve again. */
    static final Duration HEALTHY = Duration.ofSeconds(60);

    /** How long what has piled up may take: no promise, but no test goes on for ever. */
    private static final Duration DRAINED = Duration.ofMinutes(5);

    private static final Path FILES = Path.of("target/faults");

    private final String name;
    private final Path directory;
    private final Path data;
    private final BrokerProcess broker;
    private final KafkaClients clients;
    private final Topics topics;
    private final ModelStore store;
    private final ModelCatalog catalog = new ModelCatalog();
    private final Map<String, PackagedApplication> replicas = new LinkedHashMap<>();
    private final Demand demand;
    private final Witness witness;
    private final ObjectNode line = PackagedApplication.JSON.createObjectNode();
    private double secondsToHealth;
    private boolean exactlyOnce = true;

    /** Starts a broker and makes version 1 known; generators are yet to come. */
    Deployment(String name) throws Exception {
        this(name, FILES.resolve(name));
    }

    /**
     * @param disk where the broker and the generators keep their files
     */
    Deployment(String name, Path disk) throws Exception {
        // As the application is built: without it, Kafka's clients format lines that nobody reads.
        Logger.getLogger("").setLevel(Level.WARNING);
        this.name = name;
        directory = Files.createDirectories(emptied(FILES.resolve(name)));
        data = Files.createDirectories(disk.resolve("data"));
        broker = BrokerProcess.start(
                Files.createDirectories(disk.resolve("broker")).resolve("kafka"));
        clients = new KafkaClients(broker.bootstrap(), "faults", Map.of());
        topics = new Topics("understudy.", WireFormat.local(data.resolve("schemas")));
        try (TopicProvisioner provisioner = new TopicProvisioner(clients.admin(), Optional.empty())) {
            provisioner.ensure(topics.specs(PARTITIONS));
            provisioner.ensure(List.of(topics.syntheticSpec(Purchases.MODEL, PARTITIONS)));
        }
        store = new ModelStore(data.resolve("models"));
        define();
        announce(1);
        witness = new Witness(clients, topics, PARTITIONS);
        demand = new Demand(clients, topics, 7);
    }

    private static Path emptied(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return directory;
    }

    private void define() throws Exception {
        ModelDefinition definition = Purchases.definition();
        catalog.define(definition);
        try (Producer<String, ModelDefinition> producer = clients.producer(topics.definitions())) {
            producer.send(new ProducerRecord<>(topics.definitions().name(), definition.getName(), definition))
                    .get();
        }
    }

    /** Puts a version into the store and makes it live. */
    void announce(int version) throws Exception {
        ModelAnnouncement announcement = Purchases.version(version, store);
        catalog.announce(announcement);
        try (Producer<String, ModelAnnouncement> producer = clients.producer(topics.models())) {
            String key = announcement.getModel() + "/" + version;
            producer.send(new ProducerRecord<>(topics.models().name(), key, announcement))
                    .get();
        }
    }

    /** A generator that is not started yet. It keeps its partitions under its name. */
    PackagedApplication replica(String instance) throws IOException {
        PackagedApplication replica = new PackagedApplication(
                Files.createDirectories(directory.resolve(instance)),
                "-Xmx512m",
                "-Dunderstudy.kafka.bootstrap-servers=" + broker.bootstrap(),
                "-Dunderstudy.data-directory=" + data,
                "-Dunderstudy.instance=" + instance,
                "-Dunderstudy.learning.enabled=false",
                "-Dunderstudy.sampling.exactly-once=" + exactlyOnce);
        replicas.put(instance, replica);
        return replica;
    }

    /** A generator, started. */
    PackagedApplication running(String instance) throws IOException {
        PackagedApplication replica = replica(instance);
        replica.start();
        return replica;
    }

    /** A generator, started and under load. */
    PackagedApplication atWork(String instance) throws IOException {
        PackagedApplication replica = running(instance);
        load();
        return replica;
    }

    /** Asks from now on, and waits for the first samples: a fault is to come upon a service at work. */
    void load() {
        demand.goOn(PER_SECOND);
        String probe = demand.probe();
        await("the first sample").atMost(DRAINED).until(() -> witness.hasAll(probe));
    }

    /** A generator that is gone for good: nobody waits for its health. */
    void dismiss(String instance) throws InterruptedException {
        replicas.remove(instance).close();
    }

    BrokerProcess broker() {
        return broker;
    }

    Demand demand() {
        return demand;
    }

    Witness witness() {
        return witness;
    }

    KafkaClients clients() {
        return clients;
    }

    Topics topics() {
        return topics;
    }

    ModelStore store() {
        return store;
    }

    /** Where generators keep their files, weights and schemas among them. */
    Path data() {
        return data;
    }

    /** A number to tell beside those that are always told. */
    Deployment note(String what, long number) {
        line.put(what, number);
        return this;
    }

    /** Generators promise less from now on: after a fault samples may be seen again, the same ones, and ends told again. */
    Deployment atLeastOnce() {
        exactlyOnce = false;
        return this;
    }

    interface Repair {
        void run() throws Exception;
    }

    /** Repairs what broke, as whoever watches processes would, and waits until all are ready and a new request is served. */
    void heal(Repair repair) throws Exception {
        long start = System.nanoTime();
        repair.run();
        String probe = demand.probe();
        await("a request served after the fault")
                .atMost(Duration.ofMinutes(3))
                .until(() -> witness.hasAll(probe) && areReady());
        double seconds = (System.nanoTime() - start) / 1e9;
        secondsToHealth = Math.max(secondsToHealth, seconds);
        assertThat(seconds).as("seconds until healthy").isLessThan((double) HEALTHY.toSeconds());
    }

    private boolean areReady() throws InterruptedException {
        for (PackagedApplication replica : replicas.values()) {
            if (!replica.isReady()) {
                return false;
            }
        }
        return true;
    }

    /** Asks no more and takes account: of each request one end, and each sample once with the bytes that it must have. */
    void assertWhole(RequestStatus... allowed) throws Exception {
        Map<String, NoiseBatch> asked = demand.end();
        await("all that was asked for").atMost(DRAINED).untilAsserted(() -> assertThat(asked.keySet().stream()
                        .filter(id -> !witness.hasAll(id))
                        .limit(5))
                .as("requests without an end, or without samples")
                .isEmpty());
        Map<RequestStatus, Long> outcomes = new TreeMap<>();
        long samples = 0;
        try (Undisturbed undisturbed = new Undisturbed(catalog, store, topics)) {
            for (NoiseBatch recipe : asked.values()) {
                RequestOutcome end = whole(recipe, Set.of(allowed), undisturbed);
                outcomes.merge(end.getStatus(), 1L, Long::sum);
                samples += end.getDelivered();
            }
        }
        if (exactlyOnce) {
            assertThat(witness.repeated()).as("samples seen twice").isEmpty();
        } else {
            note("repeated", witness.repeated().size());
        }
        report(asked.size(), samples, outcomes);
    }

    private RequestOutcome whole(NoiseBatch recipe, Set<RequestStatus> allowed, Undisturbed undisturbed) {
        String id = recipe.getRequest();
        List<RequestOutcome> ends = witness.finals(id);
        assertThat(ends).as("ends of " + id).hasSizeBetween(1, exactlyOnce ? 1 : Integer.MAX_VALUE);
        RequestOutcome end = ends.get(0);
        assertThat(allowed).as("end of " + id + ": " + end.getMessage()).contains(end.getStatus());
        Map<Long, Long> seen = witness.samples(id);
        assertThat(seen).as("samples of " + id).hasSize((int) end.getDelivered());
        if (end.getStatus() == RequestStatus.COMPLETED) {
            assertThat(seen).as("samples of " + id).hasSize(recipe.getCount());
        }
        if (!seen.isEmpty()) {
            NoiseBatch pinned =
                    NoiseBatch.newBuilder(recipe).setVersion(end.getVersion()).build();
            Map<Long, Long> wanted = undisturbed.samples(pinned);
            assertThat(wanted.entrySet()).as("bytes of the samples of " + id).containsAll(seen.entrySet());
        }
        return end;
    }

    private void report(long requests, long samples, Map<RequestStatus, Long> outcomes) throws IOException {
        ObjectNode told = PackagedApplication.JSON.createObjectNode();
        told.put("fault", name).put("requests", requests).put("samples", samples);
        outcomes.forEach((status, count) -> told.put(status.name().toLowerCase(java.util.Locale.ROOT), count));
        told.setAll(line);
        told.put("secondsToHealth", Math.round(secondsToHealth * 10) / 10.0)
                .put("at", Instant.now().toString());
        System.out.println("faults: " + told);
        Files.writeString(
                FILES.resolve("../faults.jsonl"),
                told + "\n",
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.APPEND);
    }

    @Override
    public void close() throws Exception {
        demand.close();
        for (PackagedApplication replica : replicas.values()) {
            replica.kill();
        }
        broker.kill();
        witness.close();
    }
}
