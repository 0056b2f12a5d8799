package dev.understudy.api;

import dev.understudy.kafka.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;

/** The newest records of a topic, a fair share from each partition. */
final class RecentRecords {
    private static final Duration POLL = Duration.ofMillis(500);

    private RecentRecords() {}

    /** Reads at most {@code limit} records, skipping what cannot be read, and closes the consumer. */
    static List<GenericRecord> read(Consumer<byte[], byte[]> consumer, Topic<?, GenericRecord> topic, int limit) {
        try (consumer) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            long share = limit / Math.max(1, partitions.size());
            partitions.forEach(each -> consumer.seek(each, Math.max(begins.get(each), ends.get(each) - share)));
            return readTo(ends, consumer, topic, limit);
        }
    }

    private static List<GenericRecord> readTo(
            Map<TopicPartition, Long> ends,
            Consumer<byte[], byte[]> consumer,
            Topic<?, GenericRecord> topic,
            int limit) {
        List<GenericRecord> records = new ArrayList<>();
        while (records.size() < limit
                && ends.keySet().stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
            var polled = consumer.poll(POLL);
            if (polled.isEmpty()) {
                break;
            }
            polled.forEach(record -> add(record, topic, records));
        }
        return records.subList(0, Math.min(limit, records.size()));
    }

    private static void add(
            ConsumerRecord<byte[], byte[]> record, Topic<?, GenericRecord> topic, List<GenericRecord> records) {
        try {
            GenericRecord value = topic.values().deserializer().deserialize(topic.name(), record.value());
            if (value != null) {
                records.add(value);
            }
        } catch (SerializationException e) {
            // The learner sends it to the dead letters; a picture does without it.
        }
    }
}
