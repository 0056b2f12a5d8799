package dev.understudy.api;

import dev.understudy.kafka.Provenance;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The samples of one request, read from a synthetic topic as they are committed and handed out in the order of their index.
 *
 * <p>Memory is bounded by the planner's window: partitions that are {@linkplain SampleOrder#ahead ahead} are paused.
 *
 * <p>Not thread-safe. <em>Ownership</em>: closes the consumer it was given.
 */
final class SampleStream implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final Deserializer<GenericRecord> values;
    private final List<TopicPartition> partitions;
    private final byte[] request;
    private final SampleOrder<byte[]> order;

    /**
     * Opens a stream at the present end of the topic: the request must be sent after this.
     *
     * @param consumer {@code read_committed}, without assignment
     * @param window samples that the planner has under way at most
     */
    SampleStream(
            Consumer<byte[], byte[]> consumer, Deserializer<GenericRecord> values, String topic, Ask ask, long window) {
        this.consumer = consumer;
        this.values = values;
        this.request = ask.request().getBytes(StandardCharsets.UTF_8);
        this.order = new SampleOrder<>(ask.count(), window);
        this.partitions = new ArrayList<>(consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** What to wait for: the id of a request, and the number of its samples. */
    record Ask(String request, long count) {}

    /** Whether all samples were handed out. */
    boolean complete() {
        return order.complete();
    }

    /** The next sample, or null if none came in a while. */
    GenericRecord next() {
        byte[] sample = order.poll();
        if (sample == null) {
            read();
            sample = order.poll();
        }
        return sample == null ? null : values.deserialize(partitions.get(0).topic(), sample);
    }

    private void read() {
        List<TopicPartition> ahead = partitions.stream()
                .filter(each -> order.ahead(each.partition()))
                .toList();
        consumer.resume(consumer.paused());
        consumer.pause(ahead);
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (isOurs(record)) {
                order.offer(record.partition(), index(record), record.value());
            }
        }
    }

    private boolean isOurs(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(Provenance.REQUEST);
        return header != null && Arrays.equals(header.value(), request);
    }

    private static long index(ConsumerRecord<byte[], byte[]> record) {
        return Long.parseLong(
                new String(record.headers().lastHeader(Provenance.INDEX).value(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
