package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {

    private static final Recipe TABLES = Recipe.preset("base", Shapes.table());
    private static final Recipe IMAGES = Recipe.preset("base", Shapes.labelledImage());

    @ParameterizedTest
    @ValueSource(strings = {"small", "base", "large", "classic"})
    void survivesItsJson(String preset) {
        for (var shape : new dev.understudy.codec.RowShape[] {
            Shapes.table(), Shapes.labelledImage(), Shapes.names(), Shapes.series()
        }) {
            var recipe = Recipe.preset(preset, shape).withHorizon(77);
            assertThat(recipe.preset()).isEqualTo(preset);
            assertThat(Recipe.fromJson(recipe.toJson())).isEqualTo(recipe);
        }
    }

    @Test
    void rowsWithImagesHaveTheirOwnVersion() {
        assertThat(TABLES.batch()).isEqualTo(256);
        assertThat(IMAGES.batch()).isEqualTo(32);
    }

    @Test
    void overridesOneThingAndKeepsTheRest() {
        var changed = IMAGES.withBatch(8)
                .withObjective(Objective.HINGE)
                .withLearningRate(.5)
                .withHorizon(9);
        assertThat(changed.batch()).isEqualTo(8);
        assertThat(changed.objective()).isEqualTo(Objective.HINGE);
        assertThat(changed.optimizer().learningRate()).isEqualTo(.5);
        assertThat(changed.optimizer().horizonSteps()).isEqualTo(9);
        assertThat(changed.sizes()).isEqualTo(IMAGES.sizes());
        assertThat(changed.optimizer().beta2()).isEqualTo(IMAGES.optimizer().beta2());
    }

    @Test
    void thePenaltysOtherWeightsFollowItsMainOne() {
        var scaled = TABLES.withPenalty(.06, Shapes.table()).penalty();
        assertThat(scaled.dense().start()).isEqualTo(.06);
        assertThat(scaled.dense().end()).isCloseTo(.02, within(1e-9));
        assertThat(IMAGES.withPenalty(1, Shapes.labelledImage())
                        .penalty()
                        .image()
                        .start())
                .isEqualTo(1);
        assertThat(Recipe.preset("classic", Shapes.table())
                        .withPenalty(1, Shapes.table())
                        .penalty()
                        .dense()
                        .start())
                .isEqualTo(1);
    }

    @Test
    void schedulesRunFromStartToEndAndStay() {
        var optimizer = IMAGES.withHorizon(1000).optimizer();
        assertThat(optimizer.rate(0)).isCloseTo(2e-3 / 50, within(1e-9));
        assertThat(optimizer.rate(500)).isCloseTo(2e-3 * .55, within(1e-9));
        assertThat(optimizer.rate(1000)).isCloseTo(2e-4, within(1e-9)).isEqualTo(optimizer.rate(100_000));
        assertThat(optimizer.kept(0)).isEqualTo(.1);
        assertThat(optimizer.kept(100_000)).isEqualTo(.997);
        assertThat(TABLES.penalty().dense().at(.5)).isCloseTo(Math.sqrt(.03 * .01), within(1e-9));
    }

    @Test
    void theMeanSquaresWindowGrowsFromItsStartToItsEnd() {
        var constant = IMAGES.withHorizon(1000).optimizer();
        assertThat(constant.beta2(0)).isEqualTo(.99).isEqualTo(constant.beta2(999));
        var rising = optimizer(IMAGES, "\"beta2Start\":0.9").withHorizon(1000);
        assertThat(rising.beta2(0)).isCloseTo(.9, within(1e-12));
        assertThat(rising.beta2(500)).isCloseTo(1 - Math.sqrt(.1 * .01), within(1e-12));
        assertThat(rising.beta2(1000)).isCloseTo(.99, within(1e-12)).isEqualTo(rising.beta2(100_000));
    }

    @Test
    void aRisingWindowIsCorrectedForNeverTooLittle() {
        var rising = optimizer(IMAGES, "\"beta2Start\":0.9").withHorizon(100);
        double left = 1;
        for (int step = 0; step < 200; step++) {
            left *= rising.beta2(step);
            double corrected = 1 - Math.pow(rising.beta2(step), step + 1);
            assertThat(corrected).isBetween(.64 * (1 - left), (1 - left) * (1 + 1e-12));
        }
    }

    @Test
    void aRecipeWrittenBeforeTheScheduleIsConstant() {
        var old = IMAGES.toJson().replaceFirst("\"beta2Start\":[^,]*,", "");
        assertThat(old).isNotEqualTo(IMAGES.toJson());
        assertThat(Recipe.fromJson(old)).isEqualTo(IMAGES);
    }

    @Test
    void aRecipeWrittenBeforeAugmentationHasNone() {
        var old = IMAGES.toJson().replaceFirst(",\"augmentation\":\\{[^}]*}", "");
        assertThat(old).isNotEqualTo(IMAGES.toJson());
        assertThat(Recipe.fromJson(old)).isEqualTo(IMAGES.withAugmentation(new Augmentation(0, 0, 0, 0)));
    }

    private static Optimizer optimizer(Recipe recipe, String beta2Start) {
        return Recipe.fromJson(recipe.toJson().replaceFirst("\"beta2Start\":[^,]*", beta2Start))
                .optimizer();
    }

    @Test
    void namesWhatIsOutOfRange() {
        assertThatThrownBy(() -> TABLES.withBatch(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batch is 1.0, must be from 2.0 to 65536.0");
        assertThatThrownBy(() -> TABLES.withLearningRate(Double.NaN)).hasMessageContaining("learningRate is NaN");
        assertThatThrownBy(() -> TABLES.withPenalty(-1, Shapes.table())).hasMessageContaining("penalty is -1.0");
        assertThatThrownBy(() -> TABLES.withHorizon(0)).hasMessageContaining("horizonSteps is 0");
        assertThatThrownBy(() -> Recipe.preset("huge", Shapes.table()))
                .hasMessage("preset is huge, must be one of [base, classic, large, small]");
        assertThatThrownBy(() -> Recipe.fromJson("{\"batch\":}")).isInstanceOf(IllegalArgumentException.class);
    }
}
