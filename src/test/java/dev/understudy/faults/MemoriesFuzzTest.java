package dev.understudy.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.kafka.Topic;
import dev.understudy.kafka.Topics;
import dev.understudy.kafka.WireFormat;
import dev.understudy.model.Definitions;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.ModelStore;
import dev.understudy.model.ModelUnavailableException;
import dev.understudy.model.ServedModels;
import dev.understudy.wire.FieldHint;
import dev.understudy.wire.HintKind;
import dev.understudy.wire.LearningReport;
import dev.understudy.wire.LearningState;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.ModelDefinition;
import dev.understudy.wire.ModelSettings;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.errors.SerializationException;

/** Whatever bytes lie on a topic that processes remember, they are passed over or remembered, and can be asked for. */
class MemoriesFuzzTest {
    private final Path directory = temporary();
    private final Topics topics = new Topics("understudy.", WireFormat.local(directory.resolve("schemas")));
    private final ModelStore store = new ModelStore(directory.resolve("models"));

    private static Path temporary() {
        try {
            return Files.createTempDirectory("fuzz");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <V> Optional<V> read(Topic<String, V> topic, byte[] value) {
        try {
            return Optional.of(topic.values().deserializer().deserialize(topic.name(), value));
        } catch (SerializationException e) {
            return Optional.empty();
        }
    }

    /** What is wrong with one is for the learner to tell. */
    @Property(seed = "20261125", edgeCases = EdgeCasesMode.NONE)
    void definitions(@ForAll("manyDefinitions") byte[] value) throws Exception {
        Allocation.justifiedBy(value.length, () -> read(topics.definitions(), value)
                .ifPresent(definition ->
                        assertThat(Definitions.problems(definition)).isNotNull()));
    }

    @Property(seed = "20261125", edgeCases = EdgeCasesMode.NONE)
    void announcements(@ForAll("manyAnnouncements") byte[] value) throws Exception {
        Allocation.justifiedBy(value.length, () -> read(topics.models(), value).ifPresent(announcement -> {
            ModelCatalog catalog = new ModelCatalog();
            catalog.announce(announcement);
            try (ServedModels served = new ServedModels(catalog, store, 1)) {
                assertThat(served.live(announcement.getModel())).isNotNull();
                assertThatThrownBy(() -> served.lease(announcement.getModel(), announcement.getVersion()))
                        .isInstanceOf(ModelUnavailableException.class);
            }
        }));
    }

    @Property(seed = "20261125", edgeCases = EdgeCasesMode.NONE)
    void outcomesAndReports(@ForAll("tales") byte[] value) throws Exception {
        Allocation.justifiedBy(value.length, () -> {
            read(topics.outcomes(), value);
            read(topics.learning(), value);
        });
    }

    private static <V> byte[] bytes(Topic<?, V> topic, V value) {
        return topic.values().serializer().serialize(topic.name(), value);
    }

    @Provide
    Arbitrary<byte[]> manyDefinitions() {
        ModelDefinition plain = Purchases.definition();
        return Mutations.of(List.of(
                bytes(topics.definitions(), plain),
                bytes(
                        topics.definitions(),
                        ModelDefinition.newBuilder(plain)
                                .setHints(Map.of(
                                        "price",
                                        FieldHint.newBuilder()
                                                .setKind(HintKind.IMAGE)
                                                .setShape(List.of(8, 8, 1))
                                                .build()))
                                .setSettings(ModelSettings.newBuilder()
                                        .setObjective("hinge")
                                        .setBatch(64)
                                        .setPenalty(3.0)
                                        .setHorizon(7)
                                        .build())
                                .build())));
    }

    @Provide
    Arbitrary<byte[]> manyAnnouncements() {
        ModelAnnouncement plain = Purchases.absent(1);
        return Mutations.of(List.of(
                bytes(topics.models(), plain),
                bytes(
                        topics.models(),
                        ModelAnnouncement.newBuilder(plain)
                                .setSha256(null)
                                .setScores(Map.of("kid", 0.5))
                                .build())));
    }

    @Provide
    Arbitrary<byte[]> tales() {
        RequestOutcome outcome = RequestOutcome.newBuilder()
                .setRequest("r")
                .setStatus(RequestStatus.FAILED)
                .setModel("m")
                .setRequested(3)
                .setDelivered(1)
                .setCode("c")
                .setMessage("m")
                .setAt(Instant.EPOCH)
                .build();
        LearningReport report = LearningReport.newBuilder()
                .setModel("m")
                .setState(LearningState.LEARNING)
                .setLosses(Map.of("critic", 0.5))
                .setAt(Instant.EPOCH)
                .build();
        return Mutations.of(List.of(bytes(topics.outcomes(), outcome), bytes(topics.learning(), report)));
    }
}
