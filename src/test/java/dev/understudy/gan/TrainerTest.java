package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.codec.RowShape;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerTest {

    @TempDir
    Path directory;

    @Test
    void goesOnBitForBitFromAFile() {
        // Given
        var shape = Shapes.mixed(12, 16);
        var file = directory.resolve("trainer.safetensors");
        try (var trainer = small(shape)) {
            steps(trainer, 0, 7);
            trainer.save(file, Map.of("offsets", "12"));
            // When
            try (var restored = Trainer.restore(file, Device.CPU)) {
                // Then
                assertThat(restored.steps()).isEqualTo(7);
                assertThat(steps(restored, 7, 12)).isEqualTo(steps(trainer, 7, 12));
                assertThat(sample(restored)).isEqualTo(sample(trainer));
            }
        }
        assertThat(Safetensors.metadata(file)).containsEntry("offsets", "12").containsEntry("gan.steps", "7");
    }

    @Test
    void sameSeedSameTrainingOtherSeedOther() {
        try (var one = small(Shapes.table());
                var two = small(Shapes.table());
                var other = Trainer.create(Shapes.table(), one.recipe(), 12, new float[0])) {
            var report = steps(one, 0, 4);
            assertThat(steps(two, 0, 4)).isEqualTo(report);
            assertThat(steps(other, 0, 4)).isNotEqualTo(report);
        }
    }

    @Test
    void aSnapshotStaysAsItWas() {
        try (var trainer = small(Shapes.table());
                var snapshot = trainer.snapshot()) {
            float[] before = Rows.sample(snapshot, 0, 5);
            steps(trainer, 0, 5);
            assertThat(Rows.sample(snapshot, 0, 5)).isEqualTo(before);
            assertThat(sample(trainer)).isNotEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void everyObjectiveTrains(Objective objective) {
        var shape = Shapes.labelledImage();
        var recipe = Recipe.preset("small", shape).withBatch(4).withObjective(objective);
        try (var trainer = Trainer.create(shape, recipe, 1, new float[0])) {
            // Given the first step, whose penalty is on
            var first = trainer.step(Rows.random(shape, 4, 0));
            // Then
            assertThat(first.penalty()).isPositive();
            assertThat(first.gradientNorm()).isPositive();
            assertThat(trainer.step(Rows.random(shape, 4, 1)).criticLoss()).isFinite();
        }
    }

    static Stream<Arguments> presets() {
        return Stream.of("small", "base", "large", "classic")
                .flatMap(preset ->
                        Stream.of(Arguments.of(preset, Shapes.table()), Arguments.of(preset, Shapes.labelledImage())));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("presets")
    void everyPresetTrains(String preset, RowShape shape) {
        var recipe = Recipe.preset(preset, shape).withBatch(4);
        try (var trainer = Trainer.create(shape, recipe, 1, new float[0]);
                var start = trainer.snapshot()) {
            for (int i = 0; i < 2; i++) {
                trainer.step(Rows.random(shape, 4, i));
            }
            assertThat(sample(trainer)).isNotEqualTo(Rows.sample(start, 0, 5));
        }
    }

    @Test
    void saysThatItDiverged() {
        try (var trainer = small(Shapes.scalars(2))) {
            float[] rows = new float[2 * trainer.batch()];
            rows[3] = Float.NaN;
            assertThatThrownBy(() -> trainer.step(rows))
                    .isInstanceOf(DivergedException.class)
                    .hasMessageContaining("step 0");
        }
    }

    @Test
    void refusesAnotherNumberOfRows() {
        try (var trainer = small(Shapes.scalars(2))) {
            assertThatThrownBy(() -> trainer.step(new float[2]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected 8 rows of 2");
        }
    }

    private static Trainer small(RowShape shape) {
        return Trainer.create(shape, Recipe.preset("small", shape).withBatch(8), 11, new float[0]);
    }

    private static StepReport steps(Trainer trainer, int from, int to) {
        StepReport last = null;
        for (int i = from; i < to; i++) {
            last = trainer.step(Rows.random(trainer.shape(), trainer.batch(), i));
        }
        return last;
    }

    private static float[] sample(Trainer trainer) {
        try (var generator = trainer.snapshot()) {
            return Rows.sample(generator, 0, 5);
        }
    }
}
