package dev.understudy.faults;

import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Provenance;
import dev.understudy.kafka.Topics;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A subscriber that reads committed records alone, from the first one on: samples, outcomes and dead letters, as they were seen. */
final class Witness implements AutoCloseable {
    private final Topics topics;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, Map<Long, Long>> samples = new ConcurrentHashMap<>();
    private final Map<String, List<RequestOutcome>> finals = new ConcurrentHashMap<>();
    private final List<String> repeated = new CopyOnWriteArrayList<>();
    private final AtomicLong letters = new AtomicLong();
    private final Thread thread = new Thread(this::read, "witness");
    private volatile boolean ends;
    private volatile RuntimeException failure;

    Witness(KafkaClients clients, Topics topics, int partitions) {
        this.topics = topics;
        consumer = clients.reader();
        consumer.assign(Stream.of(
                        Topics.syntheticName(Purchases.MODEL),
                        topics.outcomes().name(),
                        topics.deadLetters().name())
                .flatMap(name -> IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(name, i)))
                .toList());
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try (consumer) {
            while (!ends) {
                consumer.poll(Duration.ofMillis(50)).forEach(this::see);
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void see(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(topics.deadLetters().name())) {
            letters.incrementAndGet();
        } else if (record.topic().equals(topics.outcomes().name())) {
            outcome(record);
        } else {
            sample(record);
        }
    }

    private void outcome(ConsumerRecord<byte[], byte[]> record) {
        RequestOutcome outcome = topics.outcomes().values().deserializer().deserialize(record.topic(), record.value());
        if (outcome.getStatus() != RequestStatus.ACCEPTED) {
            finals.computeIfAbsent(outcome.getRequest(), id -> new CopyOnWriteArrayList<>())
                    .add(outcome);
        }
    }

    private void sample(ConsumerRecord<byte[], byte[]> record) {
        String request = header(record, Provenance.REQUEST);
        long index = Long.parseLong(header(record, Provenance.INDEX));
        Long before = samples.computeIfAbsent(request, id -> new ConcurrentHashMap<>())
                .put(index, fingerprint(record.value()));
        if (before != null) {
            repeated.add(request + "/" + index);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** What tells the bytes of a sample from others. */
    static long fingerprint(byte[] value) {
        CRC32C crc = new CRC32C();
        crc.update(value);
        return crc.getValue() << 32 | value.length;
    }

    /** Samples of a request seen so far, by index. */
    Map<Long, Long> samples(String request) {
        return samples.getOrDefault(request, Map.of());
    }

    /** Final outcomes of a request seen so far. */
    List<RequestOutcome> finals(String request) {
        return finals.getOrDefault(request, List.of());
    }

    /** Whether a request has ended, and as many samples as its end tells of were seen. */
    boolean hasAll(String request) {
        if (failure != null) {
            throw failure;
        }
        List<RequestOutcome> ends = finals(request);
        return !ends.isEmpty() && samples(request).size() >= ends.get(0).getDelivered();
    }

    /** Samples seen twice. */
    List<String> repeated() {
        return repeated;
    }

    long letters() {
        return letters.get();
    }

    @Override
    public void close() throws InterruptedException {
        ends = true;
        thread.join();
    }
}
