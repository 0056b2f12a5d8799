package dev.understudy.gan;

import dev.understudy.codec.Span;

/** Head and tower of one separate value: an image, a video, a string or a series. */
sealed interface ValueNetworks permits SubPixelImage, TextbookImage, ConvolutionalText, ResidualSeries {

    /** Latent numbers of its own. */
    default int latent() {
        return 0;
    }

    /** Gumbel numbers of its own. */
    default int gumbels() {
        return 0;
    }

    /**
     * What a head is made from.
     *
     * @param condition the shared latent and the dense part of the row
     * @param latent {@code [batch, latent()]}
     * @param gumbels {@code [batch, gumbels()]}
     * @param choice the span's own choice, one-hot; no features if it has none
     * @param given the span's part of the given row, NaN where it is to be made; null if it is never given
     */
    record Inputs(Var condition, Var latent, Var gumbels, Var choice, Var given) {}

    /** The value {@code [batch, width]} as it lies in a row. */
    Var head(Script script, Inputs in);

    /** Features {@code [batch, features]} of a value {@code [batch, width]}. */
    Var tower(Script script, Var value);

    static ValueNetworks of(Span span, Recipe recipe) {
        var sizes = recipe.sizes();
        if (span.value() instanceof Span.Text) {
            return new ConvolutionalText(span, sizes.text());
        }
        if (span.value() instanceof Span.Series) {
            return new ResidualSeries(span, sizes.series());
        }
        return sizes.image().body() == Sizes.Body.TEXTBOOK
                ? new TextbookImage(span)
                : new SubPixelImage(span, sizes.image());
    }

    /** An image as it is; a video as an image whose channels are those of all its frames, one frame after the other. */
    static Span.Image image(Span span) {
        return span.value() instanceof Span.Video video
                ? new Span.Image(video.height(), video.columns(), video.frames() * video.channels())
                : (Span.Image) span.value();
    }
}
