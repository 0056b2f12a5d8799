package dev.understudy.learning;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What was read and not yet taken, between the thread that polls and the one that computes. It never blocks: when it is
 * full the poller pauses the topic, and resumes it when half is gone; what one poll brings may exceed the bound.
 *
 * <p><em>Thread safety</em>: one thread puts, one takes.
 */
final class Mailbox {
    private static final long MOST_BYTES = 16L << 20;
    private static final int MOST_RECORDS = 20_000;

    private final Queue<ConsumerRecord<byte[], byte[]>> records = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();
    private boolean wasFull;

    void put(ConsumerRecord<byte[], byte[]> record) {
        records.add(record);
        bytes.addAndGet(size(record));
        count.incrementAndGet();
    }

    /** The next one, or null if there is none. */
    ConsumerRecord<byte[], byte[]> take() {
        ConsumerRecord<byte[], byte[]> record = records.poll();
        if (record != null) {
            bytes.addAndGet(-size(record));
            count.decrementAndGet();
        }
        return record;
    }

    /** Whether its topic is to pause; asked by the thread that puts. */
    boolean isFull() {
        int share = wasFull ? 2 : 1;
        wasFull = bytes.get() > MOST_BYTES / share || count.get() > MOST_RECORDS / share;
        return wasFull;
    }

    private static long size(ConsumerRecord<byte[], byte[]> record) {
        return (long) Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }
}
