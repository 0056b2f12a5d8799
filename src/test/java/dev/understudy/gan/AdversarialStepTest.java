package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.understudy.codec.RowShape;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Cutting the batch of a step changes the rounding of sums, and nothing else. */
class AdversarialStepTest {

    private static final int STEPS = 5;
    private static final ExecutorService HELPERS = Executors.newFixedThreadPool(2);

    @TempDir
    Path directory;

    @AfterAll
    static void ends() {
        HELPERS.shutdown();
    }

    static Stream<Arguments> cases() {
        return Stream.of(Shapes.table(), Shapes.mixed(9, 6), Shapes.coding())
                .flatMap(shape -> Stream.of(Objective.RELATIVISTIC, Objective.WASSERSTEIN)
                        .flatMap(objective -> Stream.of(2, 3).map(count -> Arguments.of(shape, objective, count))));
    }

    @ParameterizedTest(name = "{index} {1} {2}")
    @MethodSource("cases")
    void shardsAddUpToTheWhole(RowShape shape, Objective objective, int count) {
        // Given seven rows, which neither two nor three divide; and a rate so small that rounding is not amplified
        var recipe = Recipe.preset("small", shape)
                .withObjective(objective)
                .withBatch(7)
                .withLearningRate(1e-4);
        try (var whole = Trainer.create(shape, recipe, 5, new float[0]);
                var cut = Trainer.create(shape, recipe, 5, new float[0])) {
            for (int step = 0; step < STEPS; step++) {
                float[] rows = Rows.random(shape, 7, step);
                // When
                var expected = whole.step(rows);
                var report = cut.step(rows, new Shards(count, HELPERS));
                // Then
                assertThat(report.criticLoss()).isCloseTo(expected.criticLoss(), within(1e-3f));
                assertThat(report.generatorLoss()).isCloseTo(expected.generatorLoss(), within(1e-3f));
                assertThat(report.penalty())
                        .isCloseTo(expected.penalty(), within(1e-3f * Math.max(1, expected.penalty())));
                assertThat(report.gradientNorm() / expected.gradientNorm()).isCloseTo(1, within(1e-3f));
            }
        }
    }

    @Test
    void goesOnBitForBitWithTheSameNumberOfShards() {
        // Given
        var shape = Shapes.mixed(12, 16);
        var recipe = Recipe.preset("small", shape).withBatch(8);
        var shards = new Shards(2, HELPERS);
        var file = directory.resolve("trainer.safetensors");
        try (var trainer = Trainer.create(shape, recipe, 5, new float[0])) {
            train(trainer, shards, 0, 6);
            trainer.save(file, Map.of());
            // When
            try (var restored = Trainer.restore(file, Device.CPU)) {
                // Then
                assertThat(train(restored, shards, 6, 12)).isEqualTo(train(trainer, shards, 6, 12));
            }
        }
    }

    @Test
    void moreShardsThanRowsAreAsManyAsRows() {
        var shape = Shapes.scalars(2);
        var recipe = Recipe.preset("small", shape).withBatch(2);
        try (var trainer = Trainer.create(shape, recipe, 5, new float[0])) {
            assertThat(trainer.step(new float[4], new Shards(3, HELPERS)).criticLoss())
                    .isFinite();
        }
    }

    private static StepReport train(Trainer trainer, Shards shards, int from, int to) {
        StepReport last = null;
        for (int step = from; step < to; step++) {
            last = trainer.step(Rows.random(trainer.shape(), trainer.batch(), step), shards);
        }
        return last;
    }
}
