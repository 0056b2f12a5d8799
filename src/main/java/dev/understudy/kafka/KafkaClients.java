package dev.understudy.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes clients that all behave alike. <em>Thread safety</em>: immutable. <em>Ownership</em>: whoever asks for a client
 * closes it.
 *
 * @param bootstrap servers to start from, {@code host:port,...}
 * @param instance name of this process, unique in the deployment and the same after a restart: the base of static group
 *     membership, which spares a restart the session timeout
 * @param extra Kafka's own properties for every client (security), which win over ours
 */
public record KafkaClients(String bootstrap, String instance, Map<String, Object> extra) {
    private static final int BATCH_BYTES = 262_144;
    /** What a producer sends at most in one request. */
    public static final int LARGEST_REQUEST_BYTES = 16 * 1024 * 1024;

    private static final int LINGER_MILLIS = 5;
    private static final int METADATA_AGE_MILLIS = 5_000;

    public KafkaClients {
        extra = Map.copyOf(extra);
    }

    /** What every client has, Streams among them. */
    public Map<String, Object> common() {
        Map<String, Object> all = new HashMap<>();
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        all.putAll(extra);
        return all;
    }

    /** What every producer has: large batches, which transactions need for their speed, and nothing lost or doubled. */
    public static Map<String, Object> producing() {
        return Map.of(
                ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES,
                ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST_BYTES,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.ACKS_CONFIG, "all");
    }

    /** A producer to one topic. */
    public <K, V> Producer<K, V> producer(Topic<K, V> topic) {
        return new KafkaProducer<>(
                producerProperties(), topic.keys().serializer(), topic.values().serializer());
    }

    /** A producer of bytes to any topic. */
    public Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer without a group, which is assigned its partitions and starts where it seeks, else at the beginning. */
    public <K, V> Consumer<K, V> reader(Topic<K, V> topic) {
        return new KafkaConsumer<>(
                readerProperties(), topic.keys().deserializer(), topic.values().deserializer());
    }

    /** A {@link #reader(Topic)} of bytes as they came. */
    public Consumer<byte[], byte[]> reader() {
        return new KafkaConsumer<>(readerProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * A static member of a group, reading bytes as they came and committing nothing by itself. Topics that appear are noticed
     * within seconds.
     *
     * @param group name of the group
     * @param assignor who gets which partition
     */
    public Consumer<byte[], byte[]> member(String group, Class<? extends ConsumerPartitionAssignor> assignor) {
        Map<String, Object> properties = readerProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, group + "-" + instance);
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(assignor));
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_AGE_MILLIS);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** An admin client. */
    public Admin admin() {
        return Admin.create(common());
    }

    private Map<String, Object> producerProperties() {
        Map<String, Object> properties = new HashMap<>(producing());
        properties.putAll(common());
        return properties;
    }

    private Map<String, Object> readerProperties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.putAll(common());
        return properties;
    }
}
