package dev.understudy.faults;

import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Topics;
import dev.understudy.wire.GenerationRequest;
import dev.understudy.wire.ModelDefinition;
import dev.understudy.wire.NoiseBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records for the topic of noise that no sample can be made of, one kind after the other. */
final class Poison implements AutoCloseable {
    private static final int MEGABYTE = 1 << 20;

    private final Topics topics;
    private final Producer<byte[], byte[]> producer;
    private final Random random = new Random(3);
    private final List<String> refused = new ArrayList<>();
    private int dropped;
    private int unreadable;

    Poison(KafkaClients clients, Topics topics) {
        this.topics = topics;
        producer = clients.producer();
    }

    /** Publishes the next one. */
    void drop() throws Exception {
        switch (dropped++ % 14) {
            case 0 -> letter(noise(100));
            case 1 -> letter(new byte[0]);
            case 2 -> letter("{\"request\": \"r\", \"count\": ".getBytes(StandardCharsets.UTF_8));
            case 3 -> letter(truncated());
            case 4 -> letter(wrongSchema());
            case 5 -> letter(value(poison().setRequest("x".repeat(3 * MEGABYTE))));
            case 6 -> refused(poison().setCount(0));
            case 7 -> refused(poison().setCount(70_000));
            case 8 -> refused(poison().setFirstIndex(-1));
            case 9 -> refused(poison().setModel("m".repeat(3 * MEGABYTE)));
            case 10 -> refused(poison().setGiven(Map.of("no such field", 1L)));
            case 11 -> letter(noise(8 * MEGABYTE - 200));
            case 12 -> refused("poison-" + dropped, zeros());
            default -> refused(poison().setLatents(Collections.nCopies(MEGABYTE, Float.NaN)));
        }
    }

    private NoiseBatch.Builder poison() {
        return NoiseBatch.newBuilder()
                .setRequest("poison-" + dropped)
                .setModel(Purchases.MODEL)
                .setCount(1);
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] = 1;
        return bytes;
    }

    private byte[] value(NoiseBatch.Builder noise) {
        return topics.noise().values().serializer().serialize(topics.noise().name(), noise.build());
    }

    private byte[] truncated() {
        byte[] whole = value(poison());
        return Arrays.copyOf(whole, whole.length / 2);
    }

    private byte[] wrongSchema() {
        GenerationRequest request = GenerationRequest.newBuilder()
                .setId("poison")
                .setModel(Purchases.MODEL)
                .setCount(1)
                .build();
        return topics.requests()
                .values()
                .serializer()
                .serialize(topics.requests().name(), request);
    }

    private void refused(NoiseBatch.Builder noise) throws Exception {
        refused(noise.getRequest(), value(noise));
    }

    private void refused(String name, byte[] value) throws Exception {
        refused.add(name);
        send(value);
    }

    /** Small as JSON, more than a changelog takes as Avro. */
    private byte[] zeros() {
        String all = "0,".repeat(3_900_000);
        return ("{\"request\": \"poison-" + dropped + "\", \"model\": \"" + Purchases.MODEL
                        + "\", \"count\": 60000, \"latents\": [" + all + "0]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void letter(byte[] value) throws Exception {
        unreadable++;
        send(value);
    }

    private void send(byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topics.noise().name(), value)).get();
    }

    /** Publishes keys, names and bytes that nobody can use to the topics of definitions, versions and reports. */
    void dropIntoMemories() throws Exception {
        String definitions = topics.definitions().name();
        for (String name : List.of("", "a b", "..", "m".repeat(300), "a.b", "a_b")) {
            ModelDefinition definition = ModelDefinition.newBuilder(Purchases.definition())
                    .setName(name)
                    .setTopic(name)
                    .build();
            remember(
                    definitions,
                    name,
                    topics.definitions().values().serializer().serialize(definitions, definition));
        }
        String models = topics.models().name();
        remember(models, "purchases/one", null);
        remember(models, "/", null);
        remember(models, "purchases/99999999999", null);
        remember(models, "purchases/7", noise(50));
        producer.send(new ProducerRecord<>(topics.learning().name(), noise(10))).get();
    }

    private void remember(String topic, String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
                .get();
    }

    /** Names under which a refusal is due. */
    List<String> refused() {
        return refused;
    }

    /** How many dead letters are due. */
    int unreadable() {
        return unreadable;
    }

    @Override
    public void close() {
        producer.close();
    }
}
