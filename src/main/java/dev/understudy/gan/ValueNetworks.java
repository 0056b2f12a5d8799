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
     * @param glance at what is given of the value; null if nothing ever is
     */
    record Inputs(Var condition, Var latent, Var gumbels, Var choice, Glance glance) {}

    /**
     * What a given part of an image tells.
     *
     * @param given the image {@code [batch, width]}, NaN where it is to be made
     * @param known where it is not
     * @param map what is where, {@code [channels, height, width]} at the size of the head's base
     * @param summary of all of it, {@code [batch, features]}
     */
    record Glance(Var given, Var known, Var map, Var summary) {}

    /** Looks at an image {@code [batch, width]} of which a part is given, NaN where it is to be made. */
    default Glance glance(Script script, Var given) {
        throw new IllegalStateException("only an image can be given in part");
    }

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
