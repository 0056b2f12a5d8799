package dev.understudy.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.RecordCodec;
import dev.understudy.codec.RecordLayout;
import dev.understudy.gan.Generator;
import dev.understudy.gan.Recipe;
import dev.understudy.gan.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

class HalfPrecisionTest {

    private static final Schema SCHEMA = SchemaBuilder.record("Point")
            .fields()
            .requiredDouble("x")
            .requiredDouble("y")
            .endRecord();

    private final RecordLayout layout = layout();
    private final List<String> told = new ArrayList<>();

    @Test
    void servesWhatItHardlyChanges() {
        try (LoadedModel single = model(0.002, 10);
                LoadedModel half = HalfPrecision.of(model(0.002, 10), told::add)) {
            assertThat(told).isEmpty();
            assertThat(half.version()).isEqualTo(7);
            assertThat(half.codec().layout()).isEqualTo(layout);
            assertThat(rows(half)).hasSameSizeAs(rows(single)).isNotEqualTo(rows(single));
        }
    }

    @Test
    void leavesWhatItChangesTooMuch() {
        // Given weights that go too far, so that at some step what is made is large, and so are roundings
        for (int steps = 1; told.isEmpty(); steps++) {
            assertThat(steps).isLessThan(40);
            try (LoadedModel single = model(1, steps);
                    LoadedModel served = HalfPrecision.of(model(1, steps), told::add)) {
                assertThat(Arrays.equals(rows(served), rows(single))).isEqualTo(!told.isEmpty());
            }
        }
        assertThat(told).hasSize(1);
        assertThat(told.get(0)).contains("single precision serves: model=points version=7 choices=0.0000 values=");
    }

    private LoadedModel model(double learningRate, int steps) {
        Recipe recipe = Recipe.preset("small", layout.shape()).withBatch(16).withLearningRate(learningRate);
        try (Trainer trainer = Trainer.create(layout.shape(), recipe, 1, new float[0])) {
            for (int i = 0; i < steps; i++) {
                trainer.step(new float[16 * layout.shape().width()]);
            }
            return new LoadedModel("points", 7, new RecordCodec(layout), trainer.snapshot());
        }
    }

    private static RecordLayout layout() {
        LayoutLearner learner = new LayoutLearner(SCHEMA, Map.of());
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            GenericData.Record record = new GenericData.Record(SCHEMA);
            record.put("x", random.nextGaussian());
            record.put("y", random.nextGaussian());
            learner.observe(record);
        }
        return learner.learn();
    }

    private static float[] rows(LoadedModel model) {
        Generator generator = model.generator();
        float[] noise = new float[16 * generator.noiseWidth()];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) Math.sin(i);
        }
        int width = generator.shape().width();
        int fields = generator.shape().fields();
        return generator.generate(noise, new float[16 * width], new float[16 * fields], 16);
    }
}
