package dev.understudy.bench;

import dev.understudy.codec.Hint;
import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.RecordLayout;
import dev.understudy.gan.Generator;
import dev.understudy.gan.Recipe;
import dev.understudy.gan.Trainer;
import dev.understudy.model.LoadedModel;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.ModelFile;
import dev.understudy.model.ModelStore;
import dev.understudy.noise.Noise;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.ModelDefinition;
import dev.understudy.wire.Verdict;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Images of 28×28 without any training: what a network has learned does not change what it costs. */
final class Images {
    private static final int SIDE = 28;
    private static final Schema SCHEMA = SchemaBuilder.record("Image")
            .namespace("dev.understudy.bench")
            .fields()
            .requiredBytes("image")
            .endRecord();

    private Images() {}

    /** A catalog in which version 1 of a model is live. */
    static ModelCatalog catalog(String model, String preset, ModelStore store) {
        ModelCatalog catalog = new ModelCatalog();
        catalog.define(definition(model, SCHEMA));
        announce(catalog, model, preset, store, 1);
        return catalog;
    }

    /** Makes a version of a model live. */
    static void announce(ModelCatalog catalog, String model, String preset, ModelStore store, int version) {
        RecordLayout layout = layout();
        Path file = store.stage(".safetensors");
        Recipe recipe = Recipe.preset(preset, layout.shape());
        try (Trainer trainer = Trainer.create(layout.shape(), recipe, version, new float[0]);
                Generator generator = trainer.snapshot()) {
            ModelFile.write(file, model, version, layout, generator);
            catalog.announce(announcement(model, version, store.put(file), generator.latent()));
        }
    }

    static ModelDefinition definition(String model, Schema schema) {
        return ModelDefinition.newBuilder()
                .setName(model)
                .setTopic(model)
                .setRecordSchema(schema.toString())
                .build();
    }

    private static ModelAnnouncement announcement(String model, int version, String sha256, int latent) {
        return ModelAnnouncement.newBuilder()
                .setModel(model)
                .setVersion(version)
                .setVerdict(Verdict.PROMOTED)
                .setReason("")
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
        LayoutLearner learner =
                new LayoutLearner(SCHEMA, Map.of("image", new Hint(Hint.Kind.IMAGE, List.of(SIDE, SIDE, 1))));
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            byte[] pixels = new byte[SIDE * SIDE];
            random.nextBytes(pixels);
            GenericRecord record = new GenericData.Record(SCHEMA);
            record.put("image", ByteBuffer.wrap(pixels));
            learner.observe(record);
        }
        return learner.learn();
    }

    /** Rows a second of nothing but the forward pass, in batches, on this thread. */
    static double forwardRate(LoadedModel model, int batch, double seconds) {
        Generator generator = model.generator();
        float[] noise = new float[batch * generator.noiseWidth()];
        int latent = generator.latent();
        for (int row = 0; row < batch; row++) {
            Noise.fill(1, row, Double.POSITIVE_INFINITY, latent, generator.noiseWidth() - latent, noise, row);
        }
        float[] given = new float[batch * generator.shape().width()];
        float[] mask = new float[batch * generator.shape().fields()];
        long start = System.nanoTime();
        long rows = 0;
        while (System.nanoTime() - start < seconds * 1e9) {
            generator.generate(noise, given, mask, batch);
            rows += batch;
        }
        return rows * 1e9 / (System.nanoTime() - start);
    }
}
