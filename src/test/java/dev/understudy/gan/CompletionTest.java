package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.codec.Span;
import java.util.Arrays;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class CompletionTest {

    private static final Span.Image IMAGE = new Span.Image(9, 6, 3);

    @Test
    void keepsThePixelsThatAreKnownAndMakesTheOthers() {
        // Given a generator that was trained with a part of half of the images given
        var shape = Shapes.mixed(9, 6);
        var recipe = Recipe.preset("small", shape).withBatch(8).withCompletion(.5);
        try (var trainer = Trainer.create(shape, recipe, 11, new float[0])) {
            for (int i = 0; i < 5; i++) {
                trainer.step(Rows.random(shape, 8, i));
            }
            try (var generator = trainer.snapshot()) {
                // When the left half of each photo is known
                float[] given = Rows.random(shape, 20, 3);
                float[] mask = new float[20 * 3];
                for (int row = 0; row < 20; row++) {
                    mask[3 * row] = 1;
                    Arrays.fill(given, row * shape.width(), row * shape.width() + 3, 0);
                    given[row * shape.width() + 1] = 1;
                    for (int i = 0; i < IMAGE.width(); i++) {
                        given[row * shape.width() + 3 + i] = i % 6 < 3 ? (i % 7) / 7f : Float.NaN;
                    }
                }
                float[] rows = generator.generate(Rows.noise(generator, 0, 20), given, mask, 20);
                // Then
                for (int row = 0; row < 20; row++) {
                    for (int i = 0; i < IMAGE.width(); i++) {
                        float pixel = rows[row * shape.width() + 3 + i];
                        assertThat(pixel).isBetween(-1f, 1f);
                        if (i % 6 < 3) {
                            assertThat(pixel).isEqualTo((i % 7) / 7f);
                        }
                    }
                }
            }
        }
    }

    @Test
    void hidesPartOfEveryImageInAllItsChannelsAlike() {
        var uniform = RandomSource.XO_RO_SHI_RO_128_PP.create(5);
        for (int i = 0; i < 500; i++) {
            float[] image = new float[2 + IMAGE.width()];
            Hiding.draw(uniform, IMAGE).hide(image, 2, IMAGE);
            int hidden = 0;
            for (int pixel = 0; pixel < 54; pixel++) {
                boolean isHidden = Float.isNaN(image[2 + pixel]);
                hidden += isHidden ? 1 : 0;
                assertThat(Float.isNaN(image[2 + 54 + pixel])).isEqualTo(isHidden);
                assertThat(Float.isNaN(image[2 + 108 + pixel])).isEqualTo(isHidden);
            }
            assertThat(hidden).isBetween(1, 53);
            assertThat(image[0]).isZero();
        }
    }
}
