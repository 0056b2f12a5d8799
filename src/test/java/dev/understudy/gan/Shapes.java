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

    private static List<Float> even(int classes) {
        return java.util.Collections.nCopies(classes, 1f / classes);
    }
}
