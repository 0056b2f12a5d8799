package dev.understudy.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads a compacted topic from its beginning, for ever, on a thread of its own, and hands every key and value (null: a
 * tombstone) to one callback, in order. A broker that goes away is waited for and {@linkplain #problem told of}; a record
 * that cannot be read is told of and skipped; a callback that throws ends the feed for good, which {@link #problem} tells.
 *
 * <p><em>Thread safety</em>: share freely; the callbacks run on the feed's thread alone. <em>Ownership</em>: closes its
 * consumer.
 */
public final class CompactedFeed<K, V> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** Takes what cannot be read. */
    @FunctionalInterface
    public interface Poison {
        void found(ConsumerRecord<byte[], byte[]> source, SerializationException why);
    }

    private final Topic<K, V> topic;
    private final BiConsumer<K, V> sink;
    private final Poison poison;
    private final Consumer<byte[], byte[]> consumer;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closing;
    private volatile String problem = "has not reached the broker yet";

    private CompactedFeed(KafkaClients clients, Topic<K, V> topic, BiConsumer<K, V> sink, Poison poison) {
        this.topic = topic;
        this.sink = sink;
        this.poison = poison;
        this.consumer = clients.reader();
        this.thread = new Thread(this::run, "feed-" + topic.name());
        thread.setDaemon(true);
    }

    /**
     * Starts reading a topic, which should exist but is waited for if it does not.
     *
     * @param sink takes each record that has a key; what it refuses by an {@link IllegalArgumentException} is poison too
     */
    public static <K, V> CompactedFeed<K, V> start(
            KafkaClients clients, Topic<K, V> topic, BiConsumer<K, V> sink, Poison poison) {
        CompactedFeed<K, V> feed = new CompactedFeed<>(clients, topic, sink, poison);
        feed.thread.start();
        return feed;
    }

    /** Waits until all that was on the topic when the feed first reached it has been handed over; false if time is up. */
    public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        return caughtUp.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is wrong now, one sentence; empty if nothing is. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem).map(text -> "feed of topic " + topic.name() + ": " + text);
    }

    /** Ends the thread and waits for it; no callback runs after that. */
    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            follow(assigned());
        } catch (WakeupException e) {
            problem = "is closed";
        } catch (RuntimeException e) {
            problem = "ended by " + e;
            throw e;
        }
    }

    private Map<TopicPartition, Long> assigned() {
        while (true) {
            try {
                List<TopicPartition> partitions = partitions();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                return new HashMap<>(consumer.endOffsets(partitions, ANSWER));
            } catch (KafkaException e) {
                failOrWait(e);
            }
        }
    }

    private List<TopicPartition> partitions() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name(), ANSWER).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new org.apache.kafka.common.errors.UnknownTopicOrPartitionException("topic does not exist");
        }
        return partitions;
    }

    private void follow(Map<TopicPartition, Long> behind) {
        long lastAnswer = System.nanoTime();
        while (!closing) {
            var records = consumer.poll(POLL);
            records.forEach(this::hand);
            markCaughtUp(behind);
            if (!records.isEmpty()) {
                lastAnswer = System.nanoTime();
                problem = null;
            } else if (System.nanoTime() - lastAnswer > ANSWER.toNanos() || problem != null) {
                lastAnswer = System.nanoTime();
                probe();
            }
        }
        problem = "is closed";
    }

    private void hand(ConsumerRecord<byte[], byte[]> source) {
        try {
            if (source.key() == null) {
                throw new SerializationException("record on topic " + source.topic() + " has no key");
            }
            K key = topic.keys().deserializer().deserialize(source.topic(), source.headers(), source.key());
            V value = topic.values().deserializer().deserialize(source.topic(), source.headers(), source.value());
            sink.accept(key, value);
        } catch (SerializationException e) {
            poison.found(source, e);
        } catch (IllegalArgumentException e) {
            poison.found(source, new SerializationException(e.getMessage(), e));
        }
    }

    private void markCaughtUp(Map<TopicPartition, Long> behind) {
        if (!behind.isEmpty()) {
            behind.entrySet().removeIf(end -> consumer.position(end.getKey(), ANSWER) >= end.getValue());
        }
        if (behind.isEmpty()) {
            caughtUp.countDown();
        }
    }

    /** A poll is silent about a broker that is gone; this asks. */
    private void probe() {
        try {
            consumer.endOffsets(consumer.assignment(), ANSWER);
            problem = null;
        } catch (KafkaException e) {
            failOrWait(e);
        }
    }

    private void failOrWait(KafkaException e) {
        if (e instanceof WakeupException || e instanceof AuthenticationException) {
            throw e;
        }
        problem = "no answer from the broker (" + e.getMessage() + ")";
        if (closing) {
            throw new WakeupException();
        }
        pause();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }
}
