package dev.understudy.learning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;

/**
 * Gives all partitions of a topic to one member, so that one learner sees the whole stream, and each member about as many
 * topics. Who has a topic keeps it while that is fair. A topic that moves is withheld until its owner has let go of it: two
 * never learn one model at once.
 *
 * <p><em>Thread safety</em>: stateless. Kafka makes it by its name, so it is public.
 */
public final class WholeTopicAssignor implements ConsumerPartitionAssignor {

    @Override
    public String name() {
        return "understudy-whole-topic";
    }

    @Override
    public List<RebalanceProtocol> supportedProtocols() {
        return List.of(RebalanceProtocol.COOPERATIVE, RebalanceProtocol.EAGER);
    }

    @Override
    public GroupAssignment assign(Cluster metadata, GroupSubscription group) {
        Map<String, Subscription> members = group.groupSubscription();
        Map<String, Set<String>> wanted = new TreeMap<>();
        members.forEach((member, subscription) -> wanted.put(member, new TreeSet<>(subscription.topics())));
        Map<String, String> owners = owners(members);
        Map<String, List<TopicPartition>> assigned = new HashMap<>();
        members.keySet().forEach(member -> assigned.put(member, new ArrayList<>()));
        plan(wanted, owners).forEach((topic, member) -> {
            if (owners.getOrDefault(topic, member).equals(member)) {
                assigned.get(member).addAll(partitions(metadata, topic));
            }
        });
        return new GroupAssignment(assigned.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Assignment(entry.getValue()))));
    }

    /**
     * Who is to have each topic.
     *
     * @param wanted topics by the member that subscribes to them
     * @param owners member by the topic it has now
     */
    static Map<String, String> plan(Map<String, Set<String>> wanted, Map<String, String> owners) {
        Set<String> topics =
                wanted.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
        int fair = topics.size() / Math.max(1, wanted.size());
        Map<String, Integer> loads = new TreeMap<>();
        wanted.keySet().forEach(member -> loads.put(member, 0));
        Map<String, String> plan = new TreeMap<>();
        for (String topic : topics) {
            Optional.ofNullable(owners.get(topic))
                    .filter(owner -> wanted.get(owner).contains(topic) && loads.get(owner) < fair)
                    .ifPresent(owner -> give(topic, owner, plan, loads));
        }
        for (String topic : topics) {
            if (!plan.containsKey(topic)) {
                give(topic, leastLoaded(topic, wanted, owners, loads), plan, loads);
            }
        }
        return plan;
    }

    private static void give(String topic, String member, Map<String, String> plan, Map<String, Integer> loads) {
        plan.put(topic, member);
        loads.merge(member, 1, Integer::sum);
    }

    /** Among equals the present owner, then the first by name. */
    private static String leastLoaded(
            String topic, Map<String, Set<String>> wanted, Map<String, String> owners, Map<String, Integer> loads) {
        return loads.keySet().stream()
                .filter(member -> wanted.get(member).contains(topic))
                .min(Comparator.<String>comparingInt(loads::get)
                        .thenComparing(member -> !member.equals(owners.get(topic)))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** Of two that claim a topic the one of the later generation has it: the other missed a rebalance. */
    private static Map<String, String> owners(Map<String, Subscription> members) {
        Map<String, String> owners = new HashMap<>();
        members.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        member -> member.getValue().generationId().orElse(-1)))
                .forEach(member -> member.getValue()
                        .ownedPartitions()
                        .forEach(partition -> owners.put(partition.topic(), member.getKey())));
        return owners;
    }

    private static List<TopicPartition> partitions(Cluster metadata, String topic) {
        return metadata.partitionsForTopic(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }
}
