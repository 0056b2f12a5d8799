package dev.understudy.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.gan.Device;
import dev.understudy.model.LoadedModel;
import dev.understudy.model.ModelFile;
import dev.understudy.wire.LearningReport;
import dev.understudy.wire.LearningState;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.ModelDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvolutionTest {
    private static final ModelDefinition BEFORE = Shop.definition(Shop.SALE);

    /** In another order, a number wider, and two fields more. */
    private static final Schema GROWN = SchemaBuilder.record("Sale")
            .fields()
            .optionalString("note")
            .requiredDouble("price")
            .requiredLong("pieces")
            .requiredString("kind")
            .name("country")
            .type()
            .stringType()
            .stringDefault("NZ")
            .endRecord();

    private static final LearningSettings SOON_TIRED =
            new LearningSettings(Device.CPU, 1, 1, 4 << 20, 10, Duration.ofHours(1), 3, 300, 60, Duration.ZERO);

    @TempDir
    Path directory;

    @Test
    void aGrownSchemaGoesOnWithTheSameStepsAndPublishesRecordsOfIt() {
        Shop shop = new Shop(directory, Shop.SETTINGS);
        learn(shop);
        LearningReport before = last(shop.reports);
        int published = last(shop.announcements).getVersion();
        try (ModelLearner learner = new ModelLearner(Shop.definition(GROWN), shop.workshop)) {
            assertThat(learner.checkpointed()).containsEntry(0, 300L);
            learner.turn();
            LearningReport after = last(shop.reports);
            assertThat(after.getRecordsSeen()).isEqualTo(300);
            assertThat(after.getRound()).isEqualTo(before.getRound() + 1);
            assertThat(after.getSteps()).isGreaterThan(before.getSteps());
            assertThat(after.getScores()).containsKey("kernelDistance");
            learner.accept(shop.arrival(300, grown(300)));
            learner.turn();
        }
        assertThat(last(shop.reports).getRecordsSeen()).isEqualTo(301);
        assertThat(last(shop.reports).getRecordsRejected()).isZero();
        ModelAnnouncement grown = version(shop, published + 1);
        assertThat(grown.getParent()).isEqualTo(published);
        assertThat(new Schema.Parser().parse(grown.getRecordSchema())).isEqualTo(GROWN);
        makesRecordsOfTheGrownSchema(shop, grown);
    }

    @Test
    void itsOwnCheckpointIsOfTheGrownSchema() {
        Shop shop = new Shop(directory, Shop.SETTINGS);
        learn(shop);
        try (ModelLearner learner = new ModelLearner(Shop.definition(GROWN), shop.workshop)) {
            learner.turn();
        }
        LearningReport before = last(shop.reports);
        int announced = shop.announcements.size();
        try (ModelLearner learner = new ModelLearner(Shop.definition(GROWN), shop.workshop)) {
            learner.accept(shop.arrival(300, grown(300)));
            learner.turn();
        }
        assertThat(last(shop.reports).getSteps()).isGreaterThan(before.getSteps());
        assertThat(shop.announcements.subList(announced, shop.announcements.size()))
                .noneMatch(version -> version.getReason().contains("grown"));
        try (ModelLearner learner = new ModelLearner(BEFORE, shop.workshop)) {
            assertThat(learner.state()).isEqualTo(LearningState.WAITING);
        }
    }

    @Test
    void aLearnerThatRestsPublishesTheGrownSchemaAndRestsOn() {
        Shop shop = new Shop(directory, SOON_TIRED);
        try (ModelLearner learner = new ModelLearner(BEFORE, shop.workshop)) {
            shop.deliver(learner, 0, 300);
            for (int i = 0; i < 200 && learner.state() != LearningState.RESTING; i++) {
                learner.turn();
            }
            assertThat(learner.state()).isEqualTo(LearningState.RESTING);
        }
        int published = shop.catalog.versions("sales").get(0).getVersion();
        try (ModelLearner learner = new ModelLearner(Shop.definition(GROWN), shop.workshop)) {
            assertThat(learner.turn()).isEqualTo(ModelLearner.Turn.IDLE);
            assertThat(learner.state()).isEqualTo(LearningState.RESTING);
            makesRecordsOfTheGrownSchema(shop, version(shop, published + 1));
        }
    }

    @Test
    void anIncompatibleSchemaStartsOverAndSaysWhy() {
        Shop shop = new Shop(directory, Shop.SETTINGS);
        learn(shop);
        Schema other = SchemaBuilder.record("Sale")
                .fields()
                .requiredString("kind")
                .requiredString("price")
                .requiredInt("pieces")
                .endRecord();
        Checkpoints checkpoints = new Checkpoints(shop.store, Shop.definition(other));
        assertThat(checkpoints.offsets()).isEmpty();
        assertThat(checkpoints.damage()).hasValueSatisfying(damage -> assertThat(damage)
                .contains("starts over", "field 'price' was double and is string"));
        try (ModelLearner learner = new ModelLearner(Shop.definition(other), shop.workshop)) {
            assertThat(learner.state()).isEqualTo(LearningState.WAITING);
            assertThat(learner.checkpointed()).isEmpty();
        }
    }

    @Test
    void aChangedSeedStartsOverAsAskedWithoutAComplaint() {
        Shop shop = new Shop(directory, Shop.SETTINGS);
        learn(shop);
        ModelDefinition reseeded =
                ModelDefinition.newBuilder(Shop.definition(GROWN)).setSeed(5).build();
        Checkpoints checkpoints = new Checkpoints(shop.store, reseeded);
        assertThat(checkpoints.offsets()).isEmpty();
        assertThat(checkpoints.damage()).isEmpty();
    }

    @Test
    void aGrownDefinitionThatCannotBeLearnedIsRefused() {
        Shop shop = new Shop(directory, Shop.SETTINGS);
        learn(shop);
        Schema unlearnable = SchemaBuilder.record("Sale")
                .fields()
                .requiredString("kind")
                .requiredDouble("price")
                .requiredInt("pieces")
                .name("tags")
                .type()
                .map()
                .values()
                .intType()
                .mapDefault(Map.of())
                .endRecord();
        try (ModelLearner learner = new ModelLearner(Shop.definition(unlearnable), shop.workshop)) {
            assertThat(learner.state()).isEqualTo(LearningState.REFUSED);
            assertThat(learner.reason()).contains("tags");
        }
    }

    private static void learn(Shop shop) {
        try (ModelLearner learner = new ModelLearner(BEFORE, shop.workshop)) {
            shop.deliver(learner, 0, 300);
            while (shop.announcements.isEmpty() && shop.reports.size() < 40) {
                learner.turn();
            }
        }
        assertThat(shop.announcements).isNotEmpty();
    }

    private static GenericRecord grown(long offset) {
        GenericRecord sale = Shop.record(offset);
        GenericRecord grown = new GenericData.Record(GROWN);
        grown.put("kind", sale.get("kind"));
        grown.put("price", sale.get("price"));
        grown.put("pieces", ((Integer) sale.get("pieces")).longValue());
        grown.put("note", "a gift");
        grown.put("country", "NZ");
        return grown;
    }

    private static void makesRecordsOfTheGrownSchema(Shop shop, ModelAnnouncement version) {
        try (LoadedModel served = ModelFile.read(shop.store.get(version.getSha256()), Device.CPU)) {
            GenericRecord sample =
                    served.codec().decode(new float[served.codec().shape().width()], 0);
            assertThat(sample.getSchema()).isEqualTo(GROWN);
            assertThat(GenericData.get().validate(GROWN, sample)).isTrue();
            assertThat(sample.get("note")).isNull();
            assertThat(sample.get("country")).isEqualTo("NZ");
            assertThat(sample.get("pieces")).isInstanceOf(Long.class);
        }
    }

    private static ModelAnnouncement version(Shop shop, int version) {
        return shop.catalog.announcement("sales", version).orElseThrow();
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }
}
