package dev.understudy.kafka;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Keeps what a consumer could not use: key, value and headers as they came, the reason and the source in headers beside
 * them. <em>Thread safety</em>: share freely. <em>Ownership</em>: closes its producer.
 */
public final class DeadLetters implements AutoCloseable {
    /** Stable code of the reason. */
    public static final String CODE = "understudy-reason-code";

    /** One sentence. */
    public static final String REASON = "understudy-reason";

    /** Where it came from. */
    public static final String SOURCE_TOPIC = "understudy-source-topic";

    /** Partition it came from, decimal. */
    public static final String SOURCE_PARTITION = "understudy-source-partition";

    /** Offset it had there, decimal. */
    public static final String SOURCE_OFFSET = "understudy-source-offset";

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    public DeadLetters(Producer<byte[], byte[]> producer, Topic<byte[], byte[]> topic) {
        this.producer = producer;
        this.topic = topic.name();
    }

    /**
     * Sends a record there. Commit the source's offset only after the future is done: it fails if the letter is not kept.
     *
     * @param code stable, lower case with hyphens
     * @param reason one sentence that quotes nothing of the record
     */
    public CompletableFuture<Void> send(ConsumerRecord<byte[], byte[]> source, String code, String reason) {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        producer.send(letter(source, code, reason), (metadata, failure) -> {
            if (failure == null) {
                kept.complete(null);
            } else {
                kept.completeExceptionally(failure);
            }
        });
        return kept;
    }

    @Override
    public void close() {
        producer.close();
    }

    private ProducerRecord<byte[], byte[]> letter(ConsumerRecord<byte[], byte[]> source, String code, String reason) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(topic, null, null, source.key(), source.value(), source.headers());
        put(letter.headers(), CODE, code);
        put(letter.headers(), REASON, reason);
        put(letter.headers(), SOURCE_TOPIC, source.topic());
        put(letter.headers(), SOURCE_PARTITION, Integer.toString(source.partition()));
        put(letter.headers(), SOURCE_OFFSET, Long.toString(source.offset()));
        return letter;
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
