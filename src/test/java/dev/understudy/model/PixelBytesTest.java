package dev.understudy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.codec.Given;
import dev.understudy.codec.Hint;
import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.MadeRows;
import dev.understudy.codec.RecordCodec;
import dev.understudy.codec.Span;
import dev.understudy.gan.Generator;
import dev.understudy.gan.Recipe;
import dev.understudy.gan.Trainer;
import dev.understudy.noise.Noise;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pixels that leave the generator as bytes give the same records as those that leave it as floats. */
class PixelBytesTest {
    private static final int CLIP = 2 * 4 * 4 * 3;

    private static final Schema SCHEMA = SchemaBuilder.record("Clip")
            .fields()
            .optionalBytes("photo")
            .requiredString("title")
            .requiredDouble("price")
            .name("clip")
            .type()
            .fixed("Frames")
            .size(CLIP)
            .noDefault()
            .name("heights")
            .type()
            .array()
            .items()
            .doubleType()
            .noDefault()
            .requiredBytes("icon")
            .endRecord();

    private static final Map<String, Hint> HINTS = Map.of(
            "photo", new Hint(Hint.Kind.IMAGE, List.of(5, 7, 3)),
            "clip", new Hint(Hint.Kind.VIDEO, List.of(2, 4, 4, 3)),
            "heights", new Hint(Hint.Kind.IMAGE, List.of(4, 4, 1)),
            "icon", new Hint(Hint.Kind.IMAGE, List.of(8, 8, 1)));

    /** More than the engine is given at a time. */
    private static final int COUNT = 300;

    private final Random random = new Random(3);
    private final RecordCodec codec = codec();

    private RecordCodec codec() {
        LayoutLearner learner = new LayoutLearner(SCHEMA, HINTS);
        for (int i = 0; i < 100; i++) {
            learner.observe(record());
        }
        return new RecordCodec(learner.learn());
    }

    @Test
    void namesTheSpans() {
        assertThat(codec.pixels()).extracting(Span::field).containsExactly("photo", "clip", "icon");
    }

    @Test
    void refusesRowsWithOtherBytes() {
        MadeRows rows = MadeRows.of(codec.shape(), codec.pixels().subList(0, 1), 1);
        assertThatThrownBy(() -> codec.decode(rows, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Rows whose bytes are the pixels of [Span[field=photo");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5})
    void givesTheSameRecords(double completion) {
        Recipe recipe = Recipe.preset("small", codec.shape()).withCompletion(completion);
        try (Trainer trainer = Trainer.create(codec.shape(), recipe, 5, new float[0]);
                Generator generator = trainer.snapshot()) {
            // Given that every third row is given something, if possible a part of an image
            Given given = given(generator.completes());
            float[] noise = noise(generator);
            float[] values = new float[COUNT * codec.shape().width()];
            float[] mask = new float[COUNT * codec.shape().fields()];
            for (int row = 0; row < COUNT; row += 3) {
                given.encode(Noise.draws(1, row), values, mask, row);
            }
            // When
            float[] floats = generator.generate(noise, values, mask, COUNT);
            MadeRows bytes = generator.generate(noise, values, mask, COUNT, codec.pixels());
            // Then
            assertThat(bytes.columns())
                    .as("floats of a row")
                    .isLessThan(codec.shape().width());
            for (int row = 0; row < COUNT; row++) {
                GenericRecord record = codec.decode(bytes, row);
                GenericRecord expected = codec.decode(floats, row);
                if (row % 3 == 0) {
                    given.overwrite(record);
                    given.overwrite(expected);
                }
                assertThat(record).isEqualTo(expected);
            }
        }
    }

    private Given given(boolean image) {
        byte[] known = new byte[8 * 8];
        Arrays.fill(known, 0, 20, (byte) 1);
        return codec.given(
                image
                        ? Map.of(
                                "title",
                                "b",
                                "icon",
                                ByteBuffer.wrap(bytes(8 * 8)),
                                "icon.known",
                                ByteBuffer.wrap(known))
                        : Map.of("title", "b"));
    }

    private static float[] noise(Generator generator) {
        int width = generator.noiseWidth();
        float[] noise = new float[COUNT * width];
        for (int row = 0; row < COUNT; row++) {
            Noise.fill(1, row, Double.POSITIVE_INFINITY, generator.latent(), width - generator.latent(), noise, row);
        }
        return noise;
    }

    private GenericRecord record() {
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put("photo", random.nextInt(3) == 0 ? null : ByteBuffer.wrap(bytes(5 * 7 * 3)));
        record.put("title", List.of("a", "b", "c").get(random.nextInt(3)));
        record.put("price", random.nextGaussian());
        record.put("clip", new GenericData.Fixed(SCHEMA.getField("clip").schema(), bytes(CLIP)));
        record.put("heights", Collections.nCopies(16, random.nextDouble()));
        record.put("icon", ByteBuffer.wrap(bytes(8 * 8)));
        return record;
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
