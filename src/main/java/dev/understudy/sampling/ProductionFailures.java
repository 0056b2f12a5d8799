package dev.understudy.sampling;

import java.util.Map;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;

/**
 * What the broker does not take ends the stream thread and its transaction, as Kafka Streams does without a topic for dead
 * letters. With one it also sends a letter, and from the producer's own network thread: that waits to learn where the topic
 * lies, which nobody but itself could find out.
 */
public final class ProductionFailures extends DefaultProductionExceptionHandler {

    /** Does not learn of the topic. */
    @Override
    public void configure(Map<String, ?> configs) {}
}
