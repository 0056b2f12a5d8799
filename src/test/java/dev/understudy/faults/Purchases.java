package dev.understudy.faults;

import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.RecordLayout;
import dev.understudy.gan.Generator;
import dev.understudy.gan.Recipe;
import dev.understudy.gan.Trainer;
import dev.understudy.model.ModelFile;
import dev.understudy.model.ModelStore;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.ModelDefinition;
import dev.understudy.wire.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** A model of two fields, real but for the training: what a network has learned does not change what happens to its samples. */
final class Purchases {
    static final String MODEL = "purchases";

    private static final Schema SCHEMA = SchemaBuilder.record("Purchase")
            .namespace("dev.understudy.faults")
            .fields()
            .requiredDouble("price")
            .name("shop")
            .type()
            .enumeration("Shop")
            .symbols("NORTH", "SOUTH")
            .noDefault()
            .endRecord();

    private static final RecordLayout LAYOUT = layout();

    private Purchases() {}

    static ModelDefinition definition() {
        return ModelDefinition.newBuilder()
                .setName(MODEL)
                .setTopic(MODEL)
                .setRecordSchema(SCHEMA.toString())
                .build();
    }

    /** Puts a version with weights of its own into a store; what announces it. */
    static ModelAnnouncement version(int version, ModelStore store) {
        Path file = store.stage(".safetensors");
        Recipe recipe = Recipe.preset("small", LAYOUT.shape());
        try (Trainer trainer = Trainer.create(LAYOUT.shape(), recipe, version, new float[0]);
                Generator generator = trainer.snapshot()) {
            ModelFile.write(file, MODEL, version, LAYOUT, generator);
            return announcement(version, store.put(file), generator.latent());
        }
    }

    static ModelAnnouncement announcement(int version, String sha256, int latent) {
        return ModelAnnouncement.newBuilder()
                .setModel(MODEL)
                .setVersion(version)
                .setVerdict(Verdict.PROMOTED)
                .setRecordSchema(SCHEMA.toString())
                .setSha256(sha256)
                .setLatent(latent)
                .setSteps(0)
                .setTrainingCpuSeconds(0)
                .setRecordsSeen(0)
                .setAt(Instant.now())
                .build();
    }

    private static RecordLayout layout() {
        LayoutLearner learner = new LayoutLearner(SCHEMA, Map.of());
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            learner.observe(record(random));
        }
        return learner.learn();
    }

    private static GenericRecord record(Random random) {
        Schema shop = SCHEMA.getField("shop").schema();
        return new GenericRecordBuilder(SCHEMA)
                .set("price", random.nextGaussian() * 10)
                .set("shop", new GenericData.EnumSymbol(shop, random.nextBoolean() ? "NORTH" : "SOUTH"))
                .build();
    }
}
