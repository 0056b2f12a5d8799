package dev.understudy.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WholeTopicAssignorTest {
    private static final Set<String> FOUR = Set.of("a", "b", "c", "d");

    @Test
    void givesEveryTopicToOneMemberAndEachMemberItsShare() {
        Map<String, String> plan = WholeTopicAssignor.plan(Map.of("m1", FOUR, "m2", FOUR, "m3", FOUR), Map.of());
        assertThat(plan.keySet()).isEqualTo(FOUR);
        assertThat(plan.values()).contains("m1", "m2", "m3");
    }

    @Test
    void leavesTopicsWhereTheyAreWhileThatIsFair() {
        Map<String, String> owners = Map.of("a", "m2", "b", "m2", "c", "m1", "d", "m1");
        assertThat(WholeTopicAssignor.plan(Map.of("m1", FOUR, "m2", FOUR), owners))
                .isEqualTo(owners);
    }

    @Test
    void movesNoMoreThanANewcomersShare() {
        Map<String, String> owners = Map.of("a", "m1", "b", "m1", "c", "m1", "d", "m1");
        Map<String, String> plan = WholeTopicAssignor.plan(Map.of("m1", FOUR, "m2", FOUR), owners);
        assertThat(plan.values()).containsExactlyInAnyOrder("m1", "m1", "m2", "m2");
    }

    @Test
    void givesATopicToThoseWhoSubscribeToItAlone() {
        Map<String, String> plan = WholeTopicAssignor.plan(Map.of("m1", Set.of("a", "b"), "m2", Set.of("b")), Map.of());
        assertThat(plan).containsEntry("a", "m1").containsEntry("b", "m2");
    }

    @Test
    void withholdsATopicUntilItsOwnerHasLetGo() {
        Subscription owner = subscription(1, partitions("a", "b"));
        Subscription newcomer = subscription(1, List.of());
        Map<String, Assignment> first = assign(Map.of("m1", owner, "m2", newcomer));
        assertThat(first.get("m1").partitions()).hasSize(2);
        assertThat(first.get("m2").partitions()).isEmpty();

        List<TopicPartition> kept = first.get("m1").partitions();
        Map<String, Assignment> second = assign(Map.of("m1", subscription(2, kept), "m2", subscription(2, List.of())));
        assertThat(second.get("m1").partitions()).isEqualTo(kept);
        assertThat(second.get("m2").partitions()).hasSize(2).doesNotContainAnyElementsOf(kept);
    }

    @Test
    void believesTheLaterGeneration() {
        Map<String, Assignment> plan = assign(Map.of(
                "m1", subscription(3, partitions("a", "b")),
                "m2", subscription(5, partitions("a"))));
        assertThat(plan.get("m2").partitions()).isEqualTo(partitions("a"));
        assertThat(plan.get("m1").partitions()).isEqualTo(partitions("b"));
    }

    private static Map<String, Assignment> assign(Map<String, Subscription> members) {
        return new WholeTopicAssignor()
                .assign(cluster(), new GroupSubscription(members))
                .groupAssignment();
    }

    private static Subscription subscription(int generation, List<TopicPartition> owned) {
        return new Subscription(List.of("a", "b"), ByteBuffer.allocate(0), owned, generation, Optional.empty());
    }

    private static List<TopicPartition> partitions(String... topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            partitions.add(new TopicPartition(topic, 0));
            partitions.add(new TopicPartition(topic, 1));
        }
        return partitions;
    }

    private static Cluster cluster() {
        List<PartitionInfo> infos = partitions("a", "b").stream()
                .map(each -> new PartitionInfo(each.topic(), each.partition(), Node.noNode(), new Node[0], new Node[0]))
                .toList();
        return new Cluster("c", List.of(), infos, Set.of(), Set.of());
    }
}
