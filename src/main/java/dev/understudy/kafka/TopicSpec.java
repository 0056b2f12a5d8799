package dev.understudy.kafka;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * How a topic is to be created.
 *
 * @param name full name
 * @param partitions at least 1
 * @param configs topic configuration beside the broker's defaults
 */
public record TopicSpec(String name, int partitions, Map<String, String> configs) {

    public TopicSpec {
        configs = Map.copyOf(configs);
    }

    /** A topic with nothing but the broker's defaults. */
    public static TopicSpec plain(String name, int partitions) {
        return new TopicSpec(name, partitions, Map.of());
    }

    NewTopic creation(Optional<Short> replication) {
        return new NewTopic(name, Optional.of(partitions), replication).configs(configs);
    }
}
