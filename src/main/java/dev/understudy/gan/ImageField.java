package dev.understudy.gan;

import dev.understudy.codec.Span;

/** Head and tower of one image. */
sealed interface ImageField permits SubPixelImage, TextbookImage {

    /** The image {@code [batch, channels * height * columns]} in [-1, 1], from the latent and the dense part. */
    Var head(Script script, Var condition);

    /** Features {@code [batch, features]} of an image {@code [batch, channels * height * columns]}. */
    Var tower(Script script, Var image);

    static ImageField of(Span span, Recipe.Image sizes) {
        return switch (sizes.body()) {
            case SUB_PIXEL -> new SubPixelImage(span, sizes);
            case TEXTBOOK -> new TextbookImage(span);
        };
    }
}
