package dev.understudy.bench;

import dev.understudy.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic of samples as soon as they are committed, on a thread of its own, and notes when. */
final class Subscriber implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final Thread thread = new Thread(this::read, "subscriber");
    private final Map<String, Long> seenAt = new ConcurrentHashMap<>();
    private volatile boolean ends;
    private final AtomicLong count = new AtomicLong();

    Subscriber(KafkaClients clients, String topic) {
        consumer = clients.reader();
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread.start();
    }

    private void read() {
        while (!ends) {
            var records = consumer.poll(Duration.ofMillis(20));
            long now = System.nanoTime();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                String key = new String(record.key(), StandardCharsets.UTF_8);
                if (key.startsWith("one-")) {
                    seenAt.put(key.substring(0, key.indexOf('/')), now);
                }
            }
            count.addAndGet(records.count());
        }
    }

    /** Samples seen so far. */
    long count() {
        return count.get();
    }

    /** When the sample of each request whose id starts with {@code one-} was seen, by that id. */
    Map<String, Long> seenAt() {
        return seenAt;
    }

    /** Waits until so many have been seen. */
    void await(long samples) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        while (count.get() < samples) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(count + " of " + samples + " samples after ten minutes");
            }
            Thread.sleep(2);
        }
    }

    @Override
    public void close() throws InterruptedException {
        ends = true;
        thread.join();
        consumer.close();
    }
}
