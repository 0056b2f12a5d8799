package dev.understudy.kafka;

import dev.understudy.wire.GenerationRequest;
import dev.understudy.wire.LearningReport;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.ModelDefinition;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.internal.BatchResult;
import dev.understudy.wire.internal.OpenRequest;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** All topics of a deployment, under one prefix and in one wire format. <em>Thread safety</em>: immutable. */
public final class Topics {
    /** Ends the name of every topic of samples, so that a learner can tell one from a real topic. */
    private static final String SYNTHETIC_SUFFIX = ".synthetic";

    /** A batch of noise with latents is larger than the request behind it. */
    private static final Map<String, String> LARGE_MESSAGES = Map.of("max.message.bytes", "8388608");

    /** A dead letter is larger than its source, by the reason. */
    private static final Map<String, String> LARGER_MESSAGES =
            Map.of("max.message.bytes", Integer.toString(KafkaClients.LARGEST_REQUEST_BYTES));

    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact", "segment.ms", "86400000");

    private final String prefix;
    private final WireFormat format;

    /**
     * @param prefix what all names but those of real and synthetic topics start with, such as {@code understudy.}
     */
    public Topics(String prefix, WireFormat format) {
        this.prefix = prefix;
        this.format = format;
    }

    /** Name of the consumer group of a role: as the topics, one for each deployment. */
    public String group(String role) {
        return prefix + role;
    }

    /** What users ask for, by request id; a tombstone cancels. Takes JSON too, see {@link WireFormat#requests}. */
    public Topic<String, GenerationRequest> requests() {
        return new Topic<>(prefix + "requests", Serdes.String(), format.requests());
    }

    /** Noise to turn into samples, by request id and batch. Takes JSON too, see {@link WireFormat#noise}. */
    public Topic<String, NoiseBatch> noise() {
        return new Topic<>(prefix + "noise", Serdes.String(), format.noise());
    }

    /** What became of noise, by request id; internal, partitioned like {@link #requests}. */
    public Topic<String, BatchResult> results() {
        return topic("results", BatchResult.class);
    }

    /** Values of the planner's store of requests under way. */
    public Serde<OpenRequest> openRequests() {
        return format.records(OpenRequest.class);
    }

    /** How far requests are and how they ended, by request id. */
    public Topic<String, RequestOutcome> outcomes() {
        return topic("outcomes", RequestOutcome.class);
    }

    /** What to learn, by model name; compacted. */
    public Topic<String, ModelDefinition> definitions() {
        return topic("definitions", ModelDefinition.class);
    }

    /** Versions that went through the gate, by {@code model/version}; compacted. */
    public Topic<String, ModelAnnouncement> models() {
        return topic("models", ModelAnnouncement.class);
    }

    /** Where learners stand, by model name. */
    public Topic<String, LearningReport> learning() {
        return topic("learning", LearningReport.class);
    }

    /** What could not be read, as it came. */
    public Topic<byte[], byte[]> deadLetters() {
        return new Topic<>(prefix + "dead-letters", Serdes.ByteArray(), Serdes.ByteArray());
    }

    /** A topic of real records, whose keys are nobody's business. */
    public Topic<byte[], GenericRecord> real(String name) {
        return new Topic<>(name, Serdes.ByteArray(), format.generic());
    }

    /** Samples of a model, by request id and batch. */
    public Topic<String, GenericRecord> synthetic(String model) {
        return new Topic<>(syntheticName(model), Serdes.String(), format.generic());
    }

    /** Name of the topic of a model's samples. */
    public static String syntheticName(String model) {
        return model + SYNTHETIC_SUFFIX;
    }

    /** How to create all topics that do not depend on a model; compacted memories have one partition. */
    public List<TopicSpec> specs(int partitions) {
        return List.of(
                TopicSpec.plain(prefix + "requests", partitions),
                new TopicSpec(prefix + "noise", partitions, LARGE_MESSAGES),
                TopicSpec.plain(prefix + "results", partitions),
                new TopicSpec(prefix + "outcomes", partitions, Map.of("cleanup.policy", "compact,delete")),
                new TopicSpec(prefix + "dead-letters", partitions, LARGER_MESSAGES),
                new TopicSpec(prefix + "definitions", 1, COMPACTED),
                new TopicSpec(prefix + "models", 1, COMPACTED),
                TopicSpec.plain(prefix + "learning", 1));
    }

    /** How to create the topic of a model's samples: whatever a real topic took, it takes. */
    public TopicSpec syntheticSpec(String model, int partitions) {
        return new TopicSpec(syntheticName(model), partitions, LARGER_MESSAGES);
    }

    private <T extends SpecificRecord> Topic<String, T> topic(String name, Class<T> type) {
        return new Topic<>(prefix + name, Serdes.String(), format.records(type));
    }
}
