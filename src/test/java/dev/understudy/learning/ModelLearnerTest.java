package dev.understudy.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.gan.Device;
import dev.understudy.model.LoadedModel;
import dev.understudy.model.ModelFile;
import dev.understudy.wire.LearningReport;
import dev.understudy.wire.LearningState;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.ModelDefinition;
import dev.understudy.wire.ModelSettings;
import dev.understudy.wire.Verdict;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLearnerTest {
    private static final ModelDefinition DEFINITION = Shop.definition(Shop.SALE);

    @TempDir
    Path directory;

    @Test
    void waitsForEnoughRecords() {
        Shop shop = shop("a");
        try (ModelLearner learner = new ModelLearner(DEFINITION, shop.workshop)) {
            shop.deliver(learner, 0, 299);
            assertThat(learner.turn()).isEqualTo(ModelLearner.Turn.IDLE);
            assertThat(learner.state()).isEqualTo(LearningState.WAITING);
            shop.deliver(learner, 299, 300);
            learner.turn();
            assertThat(learner.state()).isEqualTo(LearningState.LEARNING);
        }
    }

    @Test
    void startsFromFewerRecordsOnceTheTopicIsQuiet() {
        Shop shop = shop("a");
        try (ModelLearner learner = new ModelLearner(DEFINITION, shop.workshop)) {
            shop.deliver(learner, 0, 100);
            learner.turn();
            assertThat(learner.state()).isEqualTo(LearningState.WAITING);
            shop.now = shop.now.plusSeconds(6);
            learner.turn();
            assertThat(learner.state()).isEqualTo(LearningState.LEARNING);
        }
    }

    @Test
    void announcesAVersionWhoseFileCanBeServed() {
        Shop shop = shop("a");
        try (ModelLearner learner = learning(shop)) {
            while (shop.announcements.isEmpty() && shop.reports.size() < 40) {
                learner.turn();
            }
        }
        ModelAnnouncement first = shop.announcements.get(0);
        assertThat(first.getVerdict()).isEqualTo(Verdict.PROMOTED);
        assertThat(first.getVersion()).isEqualTo(1);
        assertThat(first.getOffsets()).containsEntry("0", 300L);
        assertThat(first.getScores()).containsKeys("kernelDistance", "coverage", "memorisation");
        assertThat(new Schema.Parser().parse(first.getRecordSchema())).isEqualTo(Shop.SALE);
        try (LoadedModel served = ModelFile.read(shop.store.get(first.getSha256()), Device.CPU)) {
            assertThat(served.version()).isEqualTo(1);
            assertThat(served.codec().layout().schema()).isEqualTo(Shop.SALE);
        }
    }

    @Test
    void goesOnAfterARestartBitForBit() {
        Shop straight = shop("straight");
        try (ModelLearner learner = learning(straight)) {
            turns(learner, 2);
            straight.deliver(learner, 300, 350);
            turns(learner, 2);
        }
        Shop interrupted = shop("interrupted");
        try (ModelLearner learner = learning(interrupted)) {
            turns(learner, 2);
        }
        Shop restarted = shop("interrupted");
        interrupted.announcements.forEach(restarted.catalog::announce);
        try (ModelLearner learner = new ModelLearner(DEFINITION, restarted.workshop)) {
            assertThat(learner.checkpointed()).containsEntry(0, 300L);
            restarted.deliver(learner, 250, 350);
            turns(learner, 2);
        }
        // The pointer names the checkpoint by its content: networks, moments, memory, offsets, counters, pace.
        assertThat(restarted.store.pointer("checkpoints/sales"))
                .isPresent()
                .isEqualTo(straight.store.pointer("checkpoints/sales"));
    }

    @Test
    void keepsOneCheckpointAtATime() throws Exception {
        Shop shop = shop("a");
        try (ModelLearner learner = learning(shop)) {
            turns(learner, 3);
        }
        long promoted = shop.announcements.stream()
                .filter(version -> version.getVerdict() == Verdict.PROMOTED)
                .count();
        try (var files = Files.walk(directory.resolve("a/blobs"))) {
            long blobs = files.filter(java.nio.file.Files::isRegularFile).count();
            assertThat(blobs).isEqualTo(2 + promoted);
        }
    }

    @Test
    void retiresTheOldestVersionsAndTheirFiles() {
        Shop shop = shop("a");
        try (ModelLearner learner = learning(shop)) {
            while (shop.announcements.stream().noneMatch(version -> version.getVerdict() == Verdict.RETIRED)
                    && shop.reports.size() < 80) {
                learner.turn();
            }
        }
        ModelAnnouncement first = shop.announcements.get(0);
        ModelAnnouncement retired = shop.announcements.get(shop.announcements.size() - 1);
        assertThat(retired.getVerdict()).isEqualTo(Verdict.RETIRED);
        assertThat(retired.getVersion()).isEqualTo(first.getVersion());
        assertThat(retired.getSha256()).isNull();
        assertThat(shop.store.contains(first.getSha256())).isFalse();
    }

    @Test
    void refusesADefinitionThatCannotBeLearned() {
        Schema ids = SchemaBuilder.record("Sale").fields().requiredString("id").endRecord();
        Shop shop = shop("a");
        try (ModelLearner learner = new ModelLearner(Shop.definition(ids), shop.workshop)) {
            for (int i = 0; i < 300; i++) {
                GenericRecord record = new GenericData.Record(ids);
                record.put("id", "order-" + i * 7919);
                learner.accept(shop.arrival(i, record));
            }
            assertThat(learner.turn()).isEqualTo(ModelLearner.Turn.ENDED);
        }
        LearningReport last = shop.reports.get(shop.reports.size() - 1);
        assertThat(last.getState()).isEqualTo(LearningState.REFUSED);
        assertThat(last.getReason()).contains("id");
    }

    @Test
    void refusesSettingsOutOfRange() {
        ModelDefinition definition = ModelDefinition.newBuilder(DEFINITION)
                .setSettings(ModelSettings.newBuilder().setPreset("huge").build())
                .build();
        Shop shop = shop("a");
        try (ModelLearner learner = new ModelLearner(definition, shop.workshop)) {
            shop.deliver(learner, 0, 300);
            assertThat(learner.turn()).isEqualTo(ModelLearner.Turn.ENDED);
            assertThat(learner.state()).isEqualTo(LearningState.REFUSED);
            assertThat(learner.reason()).contains("huge");
        }
    }

    @Test
    void countsARecordThatDoesNotFitAndGoesOn() {
        Shop shop = shop("a");
        try (ModelLearner learner = learning(shop)) {
            GenericRecord sale = Shop.record(300);
            sale.put("price", Double.NaN);
            learner.accept(shop.arrival(300, sale));
            learner.reject(0, 301);
            shop.deliver(learner, 302, 303);
            turns(learner, 1);
        }
        LearningReport last = shop.reports.get(shop.reports.size() - 1);
        assertThat(last.getRecordsSeen() + last.getRecordsRejected()).isEqualTo(303);
        assertThat(last.getRecordsRejected()).isEqualTo(1 + shop.refusals.size());
    }

    @Test
    void countsValuesThatTheLayoutDoesNotKnowAndKeepsTheCountOverARestart() {
        Shop shop = shop("a");
        try (ModelLearner learner = learning(shop)) {
            for (int i = 300; i < 310; i++) {
                GenericRecord sale = Shop.record(i);
                sale.put("kind", "sofa");
                sale.put("price", i < 304 ? 1e6 : 0.0);
                learner.accept(shop.arrival(i, sale));
            }
            turns(learner, 1);
        }
        LearningReport last = shop.reports.get(shop.reports.size() - 1);
        assertThat(last.getLaidOut()).isEqualTo(310);
        assertThat(last.getUnknownValues()).isEqualTo(Map.of("kind", 10L, "price", 4L));
        Shop restarted = shop("a");
        try (ModelLearner learner = new ModelLearner(DEFINITION, restarted.workshop)) {
            restarted.deliver(learner, 310, 311);
            turns(learner, 1);
        }
        last = restarted.reports.get(restarted.reports.size() - 1);
        assertThat(last.getLaidOut()).isEqualTo(311);
        assertThat(last.getUnknownValues()).containsEntry("kind", 10L);
    }

    @Test
    void startsAnewWhenTheDefinitionChanges() {
        Shop shop = shop("a");
        try (ModelLearner learner = learning(shop)) {
            turns(learner, 1);
        }
        ModelDefinition changed =
                ModelDefinition.newBuilder(DEFINITION).setSeed(5).build();
        try (ModelLearner learner = new ModelLearner(changed, shop.workshop)) {
            assertThat(learner.state()).isEqualTo(LearningState.WAITING);
            assertThat(learner.checkpointed()).isEmpty();
        }
    }

    @Test
    void restsWhenTheScoresStopMovingAndWakesWithNewRecords() {
        Shop shop = new Shop(
                directory,
                new LearningSettings(Device.CPU, 1, 1, 4 << 20, 10, Duration.ofHours(1), 3, 300, 60, Duration.ZERO));
        try (ModelLearner learner = learning(shop)) {
            for (int i = 0; i < 200 && learner.state() != LearningState.RESTING; i++) {
                learner.turn();
            }
            assertThat(learner.state()).isEqualTo(LearningState.RESTING);
            shop.deliver(learner, 300, 330);
            assertThat(learner.state()).isEqualTo(LearningState.LEARNING);
        }
        assertThat(shop.reports).extracting(LearningReport::getState).contains(LearningState.RESTING);
    }

    @Test
    void setsADivergingTrainerBackAndStartsAfreshIfTheCheckpointIsToBlame() throws Exception {
        Shop shop = shop("a");
        try (ModelLearner learner = learning(shop)) {
            turns(learner, 1);
        }
        Path checkpoint = shop.store.get(shop.store.pointer("checkpoints/sales").orElseThrow());
        byte[] file = Files.readAllBytes(checkpoint);
        int header = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        // All ones are not a number: weights, moments, everything.
        Arrays.fill(file, 8 + header, file.length, (byte) 0xff);
        shop.store.point("checkpoints/sales", shop.store.put(Files.write(shop.store.stage(".bad"), file)));
        shop.reports.clear();
        try (ModelLearner learner = new ModelLearner(DEFINITION, shop.workshop)) {
            turns(learner, 6);
            assertThat(learner.state()).isEqualTo(LearningState.LEARNING);
        }
        assertThat(shop.reports).extracting(LearningReport::getReason).anyMatch(reason -> reason.contains("void"));
        assertThat(shop.reports.get(shop.reports.size() - 1).getSteps()).isPositive();
        assertThat(shop.reports.get(shop.reports.size() - 1).getScores()).isNotEmpty();
    }

    @Test
    void startsAnewWhenTheCheckpointIsCorrupt() throws Exception {
        Shop shop = shop("a");
        try (ModelLearner learner = learning(shop)) {
            turns(learner, 1);
        }
        Path checkpoint = shop.store.get(shop.store.pointer("checkpoints/sales").orElseThrow());
        Files.writeString(checkpoint, "nonsense");
        try (ModelLearner learner = new ModelLearner(DEFINITION, shop.workshop)) {
            assertThat(learner.state()).isEqualTo(LearningState.WAITING);
        }
        assertThat(damage(shop)).contains("counts as none");
    }

    private static String damage(Shop shop) {
        Checkpoints checkpoints = new Checkpoints(shop.store, DEFINITION);
        assertThat(checkpoints.offsets()).isEmpty();
        return checkpoints.damage().orElseThrow();
    }

    private Shop shop(String name) {
        return new Shop(directory.resolve(name), Shop.SETTINGS);
    }

    private static ModelLearner learning(Shop shop) {
        ModelLearner learner = new ModelLearner(DEFINITION, shop.workshop);
        shop.deliver(learner, 0, 300);
        learner.turn();
        return learner;
    }

    private static void turns(ModelLearner learner, int count) {
        for (int i = 0; i < count; i++) {
            learner.turn();
        }
    }
}
