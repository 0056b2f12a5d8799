package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentationTest {

    private static final Augmentation AUGMENTATION = new Augmentation(.2, .5, .8, 0);
    private static final int HELD_OUT = 300;

    @TempDir
    Path directory;

    @Test
    void overfittingIsTwiceTheAreaUnderTheRocCurveLessOne() {
        float[] scores = {1, 2, 3};
        assertThat(Augmentation.overfitting(scores, scores)).isZero();
        assertThat(Augmentation.overfitting(new float[] {4, 5}, scores)).isEqualTo(1);
        assertThat(Augmentation.overfitting(scores, new float[] {4, 5})).isEqualTo(-1);
        // Of six pairs four are won, one is even and one is lost.
        assertThat(Augmentation.overfitting(new float[] {2, 9}, scores)).isCloseTo(3 / 6., within(1e-12));
    }

    @Test
    void theShareFollowsWhatIsAboveTheTargetAndStaysWithinItsBounds() {
        assertThat(AUGMENTATION.after(.1f, .6)).isCloseTo(.3f, within(1e-6f));
        assertThat(AUGMENTATION.after(.05f, 0)).isZero();
        assertThat(AUGMENTATION.after(.7f, 1)).isEqualTo(.8f);
        assertThatThrownBy(() -> new Augmentation(.1, 1, 1, 0)).hasMessageContaining("augmentation.most is 1.0");
    }

    @Test
    void aFewImagesThatAreLearnedByHeartAreMoved() {
        // Given twenty images to learn from
        try (var trainer = trainer(.8)) {
            assertThat(trained(trainer, 20)).isGreaterThan(.5);
            assertThat(trainer.augmentation()).isPositive();
        }
    }

    @Test
    void whileImagesArePlentyNoneIsMoved() {
        try (var trainer = trainer(.8)) {
            assertThat(trained(trainer, 1_000_000)).isBetween(-.2, .2);
            assertThat(trainer.augmentation()).isZero();
        }
    }

    @Test
    void goesOnBitForBitFromAFileWhileImagesAreMoved() {
        // Given
        var file = directory.resolve("trainer.safetensors");
        try (var trainer = trainer(.8)) {
            trained(trainer, 20);
            trainer.save(file, Map.of());
            // When
            try (var restored = Trainer.restore(file, Device.CPU)) {
                // Then
                assertThat(restored.augmentation()).isPositive().isEqualTo(trainer.augmentation());
                assertThat(trained(restored, 20)).isEqualTo(trained(trainer, 20));
                assertThat(restored.step(images(8, 20, 1))).isEqualTo(trainer.step(images(8, 20, 1)));
            }
        }
    }

    @Test
    void movedImagesChangeTraining() {
        try (var moving = trainer(.8);
                var still = trainer(0)) {
            assertThat(trained(still, 20)).isEqualTo(trained(moving, 20));
            assertThat(still.augments()).isFalse();
            assertThat(still.step(images(8, 20, 1))).isNotEqualTo(moving.step(images(8, 20, 1)));
        }
    }

    /** Some steps, then what the critic knows by heart. */
    private static double trained(Trainer trainer, int records) {
        for (int i = 0; i < 120; i++) {
            trainer.step(images(trainer.batch(), records, trainer.steps()));
        }
        return trainer.compare(images(HELD_OUT, records, -1), images(HELD_OUT, Integer.MAX_VALUE, -2));
    }

    /** Images of noise, the first so many that there are. */
    private static float[] images(int count, int records, long seed) {
        var random = new Random(seed);
        float[] rows = new float[count * 64];
        for (int row = 0; row < count; row++) {
            float[] image = Rows.random(Shapes.imageOnly(), 1, random.nextInt(records));
            System.arraycopy(image, 0, rows, row * 64, 64);
        }
        return rows;
    }

    private static Trainer trainer(double most) {
        var recipe = Recipe.preset("small", Shapes.imageOnly())
                .withBatch(8)
                .withPenalty(.1, Shapes.imageOnly())
                .withAugmentation(new Augmentation(.2, .5, most, 0));
        return Trainer.create(Shapes.imageOnly(), recipe, 3, new float[0]);
    }
}
