package dev.understudy.bench;

import dev.understudy.codec.Hint;
import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.RecordLayout;
import dev.understudy.gan.Generator;
import dev.understudy.model.LoadedModel;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.ModelStore;
import dev.understudy.model.Untrained;
import dev.understudy.noise.Noise;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Images of 28×28. */
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
        catalog.define(Untrained.definition(model, SCHEMA));
        announce(catalog, model, preset, store, 1);
        return catalog;
    }

    /** Makes a version of a model live. */
    static void announce(ModelCatalog catalog, String model, String preset, ModelStore store, int version) {
        catalog.announce(Untrained.put(store, model, version, layout(), preset));
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
        float[] given = new float[0];
        float[] mask = new float[batch * generator.shape().fields()];
        long start = System.nanoTime();
        long rows = 0;
        while (System.nanoTime() - start < seconds * 1e9) {
            generator.generate(noise, given, mask, batch, model.codec().pixels());
            rows += batch;
        }
        return rows * 1e9 / (System.nanoTime() - start);
    }
}
