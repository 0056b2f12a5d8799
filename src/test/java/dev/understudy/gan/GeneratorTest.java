package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {

    @TempDir
    Path directory;

    static Stream<RowShape> shapes() {
        return Stream.of(
                Shapes.table(),
                Shapes.scalars(2),
                Shapes.labelledImage(),
                Shapes.imageOnly(),
                Shapes.names(),
                Shapes.coding(),
                Shapes.series(),
                Shapes.video(),
                Shapes.mixed(5, 128),
                Shapes.mixed(37, 20));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("shapes")
    void rowsDoNotDependOnTheBatchTheyRideIn(RowShape shape) {
        try (var generator = trained(shape)) {
            assertDoNotDependOnTheBatch(generator);
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("shapes")
    void norDoThoseOfHalfPrecision(RowShape shape) {
        try (var single = trained(shape);
                var half = single.halved()) {
            assertDoNotDependOnTheBatch(half);
        }
    }

    private static void assertDoNotDependOnTheBatch(Generator generator) {
        // Given
        var shape = generator.shape();
        float[] all = Rows.sample(generator, 0, 256);
        // When, Then
        int from = 0;
        for (int count : new int[] {1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 33, 64, 46}) {
            float[] part = Rows.sample(generator, from, count);
            assertThat(part)
                    .as("batch of %d", count)
                    .isEqualTo(Arrays.copyOfRange(all, from * shape.width(), (from + count) * shape.width()));
            from += count;
        }
        assertThat(Arrays.copyOf(Rows.sample(generator, 0, 300), all.length)).isEqualTo(all);
    }

    @Test
    void rowsDoNotDependOnWhatOthersAreGiven() {
        var shape = Shapes.table();
        try (var generator = trained(shape)) {
            // Given that a field of every third row is given
            float[] noise = Rows.noise(generator, 0, 60);
            float[] given = Rows.random(shape, 60, 3);
            float[] mask = new float[60 * shape.fields()];
            for (int row = 0; row < 60; row += 3) {
                mask[row * shape.fields()] = 1;
            }
            // When
            float[] all = generator.generate(noise, given, mask, 60);
            // Then
            for (int row = 0; row < 60; row++) {
                assertThat(generator.generate(part(noise, row, 60), part(given, row, 60), part(mask, row, 60), 1))
                        .isEqualTo(part(all, row, 60));
            }
        }
    }

    private static float[] part(float[] rows, int row, int count) {
        int width = rows.length / count;
        return Arrays.copyOfRange(rows, row * width, (row + 1) * width);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("shapes")
    void choicesAreOneHotAndOnlyLiveValuesAreSet(RowShape shape) {
        try (var generator = trained(shape)) {
            float[] rows = Rows.sample(generator, 0, 100);
            for (int start = 0; start < rows.length; start += shape.width()) {
                for (Span span : shape.spans()) {
                    assertWellFormed(span, rows, start);
                }
            }
        }
    }

    private static void assertWellFormed(Span span, float[] rows, int start) {
        int first = start + span.choiceOffset();
        float[] choice = Arrays.copyOfRange(rows, first, first + span.choices());
        float[] value = Arrays.copyOfRange(
                rows,
                start + span.valueOffset(),
                start + span.valueOffset() + span.value().width());
        if (span.choices() > 0) {
            assertThat(choice).containsOnly(0, 1);
            assertThat(IntStream.range(0, choice.length)
                            .filter(i -> choice[i] == 1)
                            .count())
                    .isEqualTo(1);
        }
        if (span.gated() && choice[span.choices() - 1] == 0) {
            assertThat(IntStream.range(0, value.length).allMatch(i -> value[i] == 0))
                    .isTrue();
        }
        for (float number : value) {
            assertThat(number).isFinite();
            assertThat(span.value() instanceof Span.Image && Math.abs(number) > 1)
                    .isFalse();
        }
    }

    @Test
    void keepsWhatIsGivenAndIgnoresTheRest() {
        var shape = Shapes.table();
        try (var generator = trained(shape)) {
            // Given the second and fourth fields of each row, and rubbish in the others
            float[] given = Rows.random(shape, 20, 3);
            float[] rubbish = given.clone();
            float[] mask = new float[20 * 4];
            for (int row = 0; row < 20; row++) {
                mask[4 * row + 1] = 1;
                mask[4 * row + 3] = 1;
                Arrays.fill(rubbish, row * 16, row * 16 + 3, Float.NaN);
                rubbish[row * 16 + 15] = Float.NaN;
            }
            // When
            float[] rows = generator.generate(Rows.noise(generator, 0, 20), rubbish, mask, 20);
            // Then
            for (int row = 0; row < 20; row++) {
                int start = row * 16;
                assertThat(Arrays.copyOfRange(rows, start + 3, start + 15))
                        .isEqualTo(Arrays.copyOfRange(given, start + 3, start + 15));
                assertThat(rows[start + 15]).isFinite();
            }
        }
    }

    @Test
    void nothingGivenNeedsNoRoom() {
        try (var generator = trained(Shapes.labelledImage())) {
            float[] noise = Rows.noise(generator, 0, 3);
            float[] mask = new float[3 * generator.shape().fields()];
            float[] given = new float[3 * generator.shape().width()];
            assertThat(generator.generate(noise, new float[0], mask, 3))
                    .isEqualTo(generator.generate(noise, given, mask, 3));
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        try (var generator = trained(Shapes.labelledImage())) {
            float[] noise = Rows.noise(generator, 0, 1);
            assertThatThrownBy(() -> generator.generate(noise, new float[794], new float[] {0, 1}, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("field image cannot be given");
            assertThatThrownBy(() -> generator.generate(noise, new float[0], new float[] {1, 0}, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("given is empty");
            assertThatThrownBy(() -> generator.generate(noise, new float[794], new float[] {0, 0}, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected 2 rows of " + generator.noiseWidth());
        }
    }

    @Test
    void savedAndLoadedItMakesTheSameRows() {
        // Given
        var file = directory.resolve("weights.safetensors");
        try (var generator = trained(Shapes.mixed(12, 12))) {
            // When
            generator.save(file, Map.of("model", "shop"));
            // Then
            try (var loaded = Generator.load(file, Device.CPU)) {
                assertThat(loaded.shape()).isEqualTo(generator.shape());
                assertThat(Rows.sample(loaded, 3, 9)).isEqualTo(Rows.sample(generator, 3, 9));
            }
        }
        assertThat(Safetensors.metadata(file)).containsEntry("model", "shop").containsKey("gan.shape");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 100, 4000})
    void refusesAFileCutShort(int bytes) throws IOException {
        // Given
        var file = directory.resolve("weights.safetensors");
        try (var generator = trained(Shapes.table())) {
            generator.save(file, Map.of());
        }
        // When
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), bytes));
        // Then
        assertThatThrownBy(() -> Generator.load(file, Device.CPU))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void servesManyThreadsAtOnce() {
        var pool = Executors.newFixedThreadPool(4);
        try (var generator = trained(Shapes.labelledImage())) {
            float[] alone = Rows.sample(generator, 0, 24);
            var together = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> Rows.sample(generator, 0, 24), pool))
                    .limit(12)
                    .toList();
            assertThat(together).allSatisfy(rows -> assertThat(rows.join()).isEqualTo(alone));
        } finally {
            pool.shutdown();
        }
    }

    /** A generator that a few steps have moved away from its start. */
    private static Generator trained(RowShape shape) {
        var recipe = Recipe.preset("small", shape).withBatch(8);
        try (var trainer = Trainer.create(shape, recipe, 11, new float[0])) {
            for (int i = 0; i < 5; i++) {
                trainer.step(Rows.random(shape, 8, i));
            }
            return trainer.snapshot();
        }
    }
}
