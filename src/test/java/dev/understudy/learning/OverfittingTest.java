package dev.understudy.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.RecordCodec;
import dev.understudy.gan.Recipe;
import dev.understudy.gan.Trainer;
import dev.understudy.learning.replay.Holdout;
import dev.understudy.learning.replay.Memory;
import dev.understudy.learning.replay.Replay;
import dev.understudy.learning.train.RecordRows;
import dev.understudy.noise.Noise;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class OverfittingTest {
    private static final Schema LOOK = new Schema.Parser().parse("""
            {"type": "record", "name": "Look", "fields": [
              {"name": "picture", "type": {"type": "bytes", "shape": [6, 6, 1]}}]}""");

    @Test
    void showsWhatIsHeldOutAndSaysWhatCameOfIt() {
        RecordRows rows = rows(LOOK);
        try (Trainer trainer = trainer(rows)) {
            Map<String, Double> said =
                    new Overfitting(rows, 1).look(trainer, memory(300)).orElseThrow();
            assertThat(said).containsOnlyKeys("overfitting", "augmentation");
            assertThat(said.get("overfitting")).isBetween(-1.0, 1.0);
            assertThat(said.get("augmentation")).isEqualTo((double) trainer.augmentation());
        }
    }

    @Test
    void seesTheSameInTheSameMemory() {
        RecordRows rows = rows(LOOK);
        Overfitting overfitting = new Overfitting(rows, 1);
        try (Trainer trainer = trainer(rows)) {
            Map<String, Double> first = overfitting.look(trainer, memory(300)).orElseThrow();
            assertThat(overfitting.look(trainer, memory(300)).orElseThrow().get("overfitting"))
                    .isEqualTo(first.get("overfitting"));
        }
    }

    @Test
    void doesNotLookIfFewAreHeldOut() {
        RecordRows rows = rows(LOOK);
        try (Trainer trainer = trainer(rows)) {
            assertThat(new Overfitting(rows, 1).look(trainer, memory(60))).isEmpty();
        }
    }

    @Test
    void doesNotLookWhereThereAreNoImages() {
        LayoutLearner learner = new LayoutLearner(Shop.SALE, Map.of());
        for (int i = 0; i < 300; i++) {
            learner.observe(Shop.record(i));
        }
        RecordRows rows = new RecordRows(new RecordCodec(learner.learn()));
        try (Trainer trainer = trainer(rows)) {
            assertThat(new Overfitting(rows, 1).look(trainer, memory(300))).isEmpty();
        }
    }

    private static RecordRows rows(Schema schema) {
        LayoutLearner learner = new LayoutLearner(schema, Map.of());
        for (int i = 0; i < 60; i++) {
            learner.observe(picture(i));
        }
        return new RecordRows(new RecordCodec(learner.learn()));
    }

    private static Trainer trainer(RecordRows rows) {
        Recipe recipe = Recipe.preset("small", rows.shape()).withBatch(8);
        return Trainer.create(rows.shape(), recipe, 1, new float[0]);
    }

    /** One picture in two is held out. */
    private static Memory memory(int count) {
        Memory memory = new Memory(new Replay(1 << 20, 1), new Holdout(2, 1_000));
        for (int i = 0; i < count; i++) {
            memory.take(AvroBytes.write(picture(i)), 0);
        }
        return memory;
    }

    private static GenericRecord picture(int i) {
        byte[] pixels = new byte[36];
        Noise.draws(4, i).nextBytes(pixels);
        GenericRecord picture = new GenericData.Record(LOOK);
        picture.put("picture", ByteBuffer.wrap(pixels));
        return picture;
    }
}
