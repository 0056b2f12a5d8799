package dev.understudy.model;

import dev.understudy.codec.RecordLayout;
import dev.understudy.gan.Generator;
import dev.understudy.gan.Recipe;
import dev.understudy.gan.Trainer;
import dev.understudy.kafka.WireRecords;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.ModelDefinition;
import dev.understudy.wire.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.avro.Schema;

/** Versions that are real but for the training: what a network has learned changes neither its cost nor what happens to its samples. */
public final class Untrained {

    static {
        WireRecords.trust();
    }

    private Untrained() {}

    /** A model that learns the topic of its own name. */
    public static ModelDefinition definition(String model, Schema schema) {
        return ModelDefinition.newBuilder()
                .setName(model)
                .setTopic(model)
                .setRecordSchema(schema.toString())
                .build();
    }

    /** Puts a version with weights of its own into a store; what announces it as live. */
    public static ModelAnnouncement put(
            ModelStore store, String model, int version, RecordLayout layout, String preset) {
        Path file = store.stage(".safetensors");
        Recipe recipe = Recipe.preset(preset, layout.shape());
        try (Trainer trainer = Trainer.create(layout.shape(), recipe, version, new float[0]);
                Generator generator = trainer.snapshot()) {
            ModelFile.write(file, model, version, layout, generator);
            return announcement(model, version, layout.schema(), store.put(file), generator.latent());
        }
    }

    /** What announces a version as live. */
    public static ModelAnnouncement announcement(String model, int version, Schema schema, String sha256, int latent) {
        return ModelAnnouncement.newBuilder()
                .setModel(model)
                .setVersion(version)
                .setVerdict(Verdict.PROMOTED)
                .setRecordSchema(schema.toString())
                .setSha256(sha256)
                .setLatent(latent)
                .setSteps(0)
                .setTrainingCpuSeconds(0)
                .setRecordsSeen(0)
                .setAt(Instant.now())
                .build();
    }
}
