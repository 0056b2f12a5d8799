package dev.understudy.sampling;

import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Topics;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;

/** The one configuration of Kafka Streams, in production and in tests. */
final class StreamProperties {
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(20);

    private StreamProperties() {}

    static Properties of(SamplingSettings settings, KafkaClients clients, Topics topics) {
        Properties properties = new Properties();
        KafkaClients.producing().forEach((name, value) -> properties.put(StreamsConfig.producerPrefix(name), value));
        properties.putAll(clients.common());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.application());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        commits(properties, settings);
        membership(properties, clients);
        deadLetters(properties, topics);
        return properties;
    }

    private static void commits(Properties properties, SamplingSettings settings) {
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee(settings.guarantee()));
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        // Punctuators run between polls: a poll that waits longer than a tick would make fragments wait with it.
        properties.put(StreamsConfig.POLL_MS_CONFIG, settings.tick().toMillis());
        // The buffer is small and changes all the time: a cache in front of it costs a third of the throughput.
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    }

    private static String guarantee(Guarantee guarantee) {
        return switch (guarantee) {
            case EXACTLY_ONCE -> StreamsConfig.EXACTLY_ONCE_V2;
            case AT_LEAST_ONCE -> StreamsConfig.AT_LEAST_ONCE;
        };
    }

    /** A restart under the same name takes its partitions back at once, instead of waiting for a session to end. */
    private static void membership(Properties properties, KafkaClients clients) {
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, clients.instance());
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                Math.toIntExact(SESSION_TIMEOUT.toMillis()));
    }

    private static void deadLetters(Properties properties, Topics topics) {
        properties.put(
                StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
                topics.deadLetters().name());
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        properties.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                LogAndContinueProcessingExceptionHandler.class);
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, ProductionFailures.class);
    }
}
