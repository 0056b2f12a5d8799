package dev.understudy.gan;

import dev.understudy.codec.Span;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A rectangle of an image, and whether it is what is hidden or what is left to see: half of the time a box somewhere, else all but a
 * strip along one border.
 *
 * @param inside whether what is inside is hidden
 */
record Hiding(int top, int left, int height, int columns, boolean inside) {

    /** Sides of what is hidden or left, as shares of the image's. */
    private static final double LEAST = 0.28;

    private static final double MOST = 0.72;

    static Hiding draw(UniformRandomProvider uniform, Span.Image image) {
        boolean box = uniform.nextBoolean();
        int height = side(uniform, image.height());
        int columns = side(uniform, image.columns());
        if (box) {
            int top = uniform.nextInt(image.height() - height + 1);
            int left = uniform.nextInt(image.columns() - columns + 1);
            return new Hiding(top, left, height, columns, true);
        }
        return switch (uniform.nextInt(4)) {
            case 0 -> new Hiding(0, 0, height, image.columns(), false);
            case 1 -> new Hiding(image.height() - height, 0, height, image.columns(), false);
            case 2 -> new Hiding(0, 0, image.height(), columns, false);
            default -> new Hiding(0, image.columns() - columns, image.height(), columns, false);
        };
    }

    private static int side(UniformRandomProvider uniform, int length) {
        return (int) Math.round(length * (LEAST + (MOST - LEAST) * uniform.nextDouble()));
    }

    /** Writes NaN over what is hidden of an image that starts at {@code from}. */
    void hide(float[] rows, int from, Span.Image image) {
        for (int y = 0; y < image.channels() * image.height(); y++) {
            int line = from + y * image.columns();
            int row = y % image.height();
            boolean crosses = row >= top && row < top + height;
            if (inside && crosses) {
                Arrays.fill(rows, line + left, line + left + columns, Float.NaN);
            } else if (!inside) {
                int end = crosses ? left : image.columns();
                Arrays.fill(rows, line, line + end, Float.NaN);
                Arrays.fill(rows, crosses ? line + left + columns : line, line + image.columns(), Float.NaN);
            }
        }
    }
}
