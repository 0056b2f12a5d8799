package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.util.List;

/** Rows for tests. */
final class Shapes {

    private Shapes() {}

    /** A label of ten classes and a 28×28 grey image. */
    static RowShape labelledImage() {
        var label = new Span("label", 0, 10, 10, new Span.None());
        var image = new Span("image", 0, 0, 10, new Span.Image(28, 28, 1));
        return new RowShape(List.of(label, image), 10, 0, 10 + 784, even(10));
    }

    /** Numbers without choices. */
    static RowShape scalars(int count) {
        var spans = java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> new Span("x" + i, 0, 0, i, new Span.Scalar()))
                .toList();
        return new RowShape(spans, 0, count, count, List.of());
    }

    /** A category of three, a number with one atom, a plain number, and a category of nine. */
    static RowShape table() {
        var spans = List.of(
                new Span("colour", 0, 3, 0, new Span.None()),
                new Span("gain", 3, 2, 14, new Span.Scalar()),
                new Span("age", 0, 0, 15, new Span.Scalar()),
                new Span("town", 5, 9, 0, new Span.None()));
        var frequencies = List.of(.5f, .3f, .2f, .9f, .1f, .2f, .1f, .1f, .1f, .1f, .1f, .1f, .1f, .1f);
        return new RowShape(spans, 14, 2, 16, frequencies);
    }

    /** An optional colour image with awkward sides, a number, and a plain image. */
    static RowShape mixed(int height, int columns) {
        var photo = new Span.Image(height, columns, 3);
        var spans = List.of(
                new Span("photo", 0, 2, 3, photo),
                new Span("price", 0, 0, 2, new Span.Scalar()),
                new Span("icon", 0, 0, 3 + photo.width(), new Span.Image(4, 9, 1)));
        return new RowShape(spans, 2, 1, 3 + photo.width() + 36, List.of(.25f, .75f));
    }

    /** An image and nothing else. */
    static RowShape imageOnly() {
        return new RowShape(List.of(new Span("image", 0, 0, 0, new Span.Image(8, 8, 1))), 0, 0, 64, List.of());
    }

    /** Strings of no, one, three or five of four symbols, or none at all. */
    static RowShape names() {
        var text = new Span.Text(4, 1, List.of(0, 1, 3, 5));
        return new RowShape(List.of(new Span("name", 0, 4, 4, text)), 4, 0, 4 + text.width(), even(4));
    }

    /** Coding sequences of two or four codons, and a number. */
    static RowShape coding() {
        var text = new Span.Text(4, 3, List.of(6, 12));
        var spans = List.of(new Span("gene", 0, 2, 3, text), new Span("level", 0, 0, 2, new Span.Scalar()));
        return new RowShape(spans, 2, 1, 3 + text.width(), even(2));
    }

    /** Seven steps of three channels. */
    static RowShape series() {
        var first = List.of(2f, 0f, 0f, .1f, 0f, 1f, 0f, .2f, 0f, 0f, .5f, .3f);
        var next = List.of(.1f, .1f, 0f, 0f, .1f, -.1f, 0f, .05f, 0f, 0f, .2f, 0f);
        var series = new Span.Series(7, 3, first, next);
        return new RowShape(List.of(new Span("walk", 0, 0, 0, series)), 0, 0, series.width(), List.of());
    }

    /** Three frames of 6×5 in colour, now and then missing. */
    static RowShape video() {
        var video = new Span.Video(3, 6, 5, 3);
        return new RowShape(List.of(new Span("clip", 0, 2, 2, video)), 2, 0, 2 + video.width(), List.of(.2f, .8f));
    }

    private static List<Float> even(int classes) {
        return java.util.Collections.nCopies(classes, 1f / classes);
    }
}
