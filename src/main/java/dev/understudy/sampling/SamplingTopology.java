package dev.understudy.sampling;

import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Provenance;
import dev.understudy.kafka.Topic;
import dev.understudy.kafka.Topics;
import dev.understudy.wire.NoiseBatch;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The flow as a graph, a pure function of its stages: <em>plan</em> (requests and results to noise and outcomes) and
 * <em>generate</em> (noise to samples, results and outcomes). Batches go from one to the other by the topic of noise, shared by
 * all processes; but a request that does not fill one goes straight to the generator of its own partition, in the transaction
 * that takes it: what is small is not worth the wait for a commit.
 */
final class SamplingTopology {
    static final String OPEN_REQUESTS = "open-requests";
    static final String FRAGMENTS = "fragments";
    static final String FRAGMENTS_DONE = "fragments-done";

    static final String TO_REQUESTS = "to-requests";
    static final String TO_NOISE = "to-noise";
    static final String TO_GENERATE = "generate";
    static final String TO_PLAN_OUTCOMES = "to-plan-outcomes";
    static final String TO_SAMPLES = "to-samples";
    static final String TO_RESULTS = "to-results";
    static final String TO_NOISE_OUTCOMES = "to-noise-outcomes";

    /** Both stores turn over all the time: without this a restart would replay up to 1 GB of their past. */
    private static final Map<String, String> CHANGELOG = Map.of(
            "segment.bytes", "4194304",
            "min.cleanable.dirty.ratio", "0.1",
            "max.message.bytes", Integer.toString(KafkaClients.LARGEST_REQUEST_BYTES));

    private SamplingTopology() {}

    static Topology build(Topics topics, SamplingStages stages) {
        Topology topology = new Topology();
        plan(topology, topics, stages);
        generate(topology, topics, stages);
        return topology;
    }

    private static void plan(Topology topology, Topics topics, SamplingStages stages) {
        source(topology, "requests", topics.requests());
        source(topology, "results", topics.results());
        topology.addProcessor("plan", () -> new PlanProcessor(stages), "requests", "results");
        topology.addStateStore(store(OPEN_REQUESTS, Serdes.String(), topics.openRequests()), "plan");
        sink(topology, TO_REQUESTS, topics.requests(), "plan");
        Topic<String, NoiseBatch> noise = topics.noise();
        topology.addSink(
                TO_NOISE,
                noise.name(),
                noise.keys().serializer(),
                noise.values().serializer(),
                SamplingTopology::partitions,
                "plan");
        sink(topology, TO_PLAN_OUTCOMES, topics.outcomes(), "plan");
    }

    /** A tombstone goes to all partitions, as the batches of its request may lie in any; a batch goes where its key says. */
    private static Optional<Set<Integer>> partitions(String topic, String key, NoiseBatch batch, int partitions) {
        return batch == null
                ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                : Optional.empty();
    }

    private static void generate(Topology topology, Topics topics, SamplingStages stages) {
        source(topology, "noise", topics.noise());
        topology.addProcessor(TO_GENERATE, () -> new GenerateProcessor(stages), "noise", "plan");
        topology.addStateStore(store(FRAGMENTS, Serdes.Long(), topics.noise().values()), TO_GENERATE);
        topology.addStateStore(store(FRAGMENTS_DONE, Serdes.Long(), Serdes.Integer()), TO_GENERATE);
        topology.addSink(
                TO_SAMPLES,
                (String key, byte[] sample, org.apache.kafka.streams.processor.RecordContext context) ->
                        Topics.syntheticName(Provenance.model(context.headers())),
                Serdes.String().serializer(),
                new ByteArraySerializer(),
                TO_GENERATE);
        sink(topology, TO_RESULTS, topics.results(), TO_GENERATE);
        sink(topology, TO_NOISE_OUTCOMES, topics.outcomes(), TO_GENERATE);
    }

    private static void source(Topology topology, String name, Topic<?, ?> topic) {
        topology.addSource(name, topic.keys().deserializer(), topic.values().deserializer(), topic.name());
    }

    private static <K, V> void sink(Topology topology, String name, Topic<K, V> topic, String parent) {
        topology.addSink(
                name, topic.name(), topic.keys().serializer(), topic.values().serializer(), parent);
    }

    private static <K, V> StoreBuilder<KeyValueStore<K, V>> store(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
                .withLoggingEnabled(CHANGELOG)
                .withCachingDisabled();
    }
}
