package dev.understudy.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates topics that are missing and returns only when they take records: producing to a topic just created can lose
 * records in silence (KAFKA-15591) until every partition has a leader that answers. <em>Thread safety</em>: share freely.
 * <em>Ownership</em>: closes its admin client.
 */
public final class TopicProvisioner implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 30;
    private static final int LOOK_SECONDS = 5;
    private static final int BARRIER_ATTEMPTS = 50;
    private static final int BARRIER_PAUSE_MILLIS = 100;

    private final Admin admin;
    private final Optional<Short> replication;

    /**
     * @param replication copies of each partition; empty for the broker's default
     */
    public TopicProvisioner(Admin admin, Optional<Short> replication) {
        this.admin = admin;
        this.replication = replication;
    }

    /**
     * Creates those topics that do not exist, and waits until all of them can be produced to. Topics that exist are left as
     * they are.
     *
     * @throws KafkaException if the broker refuses or does not answer in time
     */
    public void ensure(Collection<TopicSpec> specs) {
        create(specs);
        await(specs.stream().map(TopicSpec::name).collect(Collectors.toSet()));
    }

    /** Names of all topics, within 5 seconds or a {@link KafkaException}: so it also tells whether the broker answers. */
    public Set<String> names() {
        return get(admin.listTopics().names(), LOOK_SECONDS);
    }

    /** Number of partitions of a topic that exists. */
    public int partitions(String topic) {
        return get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic), TIMEOUT_SECONDS)
                .partitions()
                .size();
    }

    @Override
    public void close() {
        admin.close();
    }

    private void create(Collection<TopicSpec> specs) {
        List<NewTopic> topics =
                specs.stream().map(spec -> spec.creation(replication)).toList();
        CreateTopicsOptions options = new CreateTopicsOptions().timeoutMs(TIMEOUT_SECONDS * 1000);
        admin.createTopics(topics, options).values().values().forEach(TopicProvisioner::getUnlessItExists);
    }

    private static void getUnlessItExists(KafkaFuture<Void> creation) {
        try {
            get(creation, TIMEOUT_SECONDS);
        } catch (TopicExistsException e) {
            // Another process was first, or an earlier run: all the same to us.
        }
    }

    private void await(Set<String> topics) {
        for (int attempt = 1; ; attempt++) {
            try {
                get(admin.listOffsets(latest(topics)).all(), TIMEOUT_SECONDS);
                return;
            } catch (RetriableException e) {
                giveUpAfter(attempt, e);
            }
        }
    }

    private Map<TopicPartition, OffsetSpec> latest(Set<String> topics) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        get(admin.describeTopics(topics).allTopicNames(), TIMEOUT_SECONDS).values().stream()
                .flatMap(TopicProvisioner::partitions)
                .forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        return latest;
    }

    private static java.util.stream.Stream<TopicPartition> partitions(TopicDescription topic) {
        return IntStream.range(0, topic.partitions().size()).mapToObj(i -> new TopicPartition(topic.name(), i));
    }

    private static void giveUpAfter(int attempt, RetriableException cause) {
        if (attempt >= BARRIER_ATTEMPTS) {
            throw cause;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(BARRIER_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static <T> T get(KafkaFuture<T> future, int seconds) {
        try {
            return future.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    "the broker did not answer within " + seconds + " s", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
