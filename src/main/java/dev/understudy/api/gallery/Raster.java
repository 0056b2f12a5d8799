package dev.understudy.api.gallery;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How numbers become pixels, one way for both sides.
 *
 * @param frames images in a value, 1 if it is no video
 * @param black the number that is drawn black
 * @param white the number that is drawn white
 */
record Raster(int frames, int height, int columns, int channels, double black, double white) {

    /** Of bytes of {@code [height, width, channels]}, or {@code [frames, height, width, channels]}. */
    static Raster of(List<Integer> shape) {
        int first = shape.size() - 3;
        int frames = first == 0 ? 1 : shape.get(0);
        return new Raster(frames, shape.get(first), shape.get(first + 1), shape.get(first + 2), 0, 255);
    }

    /** The same for numbers from the smallest to the largest of both sides. */
    Raster over(Sides<double[]> values) {
        var summary = values.both()
                .filter(Objects::nonNull)
                .flatMapToDouble(Arrays::stream)
                .summaryStatistics();
        return new Raster(frames, height, columns, channels, summary.getMin(), summary.getMax());
    }

    /** Numbers in a value. */
    int width() {
        return frames * height * columns * channels;
    }

    /** One frame; a single channel is grey. */
    private BufferedImage image(double[] numbers, int frame) {
        BufferedImage image = new BufferedImage(columns, height, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < height * columns; pixel++) {
            int at = (frame * height * columns + pixel) * channels;
            int red = level(numbers[at]);
            int rgb = channels < 3 ? red * 0x010101 : red << 16 | level(numbers[at + 1]) << 8 | level(numbers[at + 2]);
            image.setRGB(pixel % columns, pixel / columns, rgb);
        }
        return image;
    }

    private int level(double number) {
        double part = (number - black) / Math.max(white - black, Double.MIN_NORMAL);
        return (int) Math.round(255 * Math.max(0, Math.min(1, part)));
    }

    /** How large a frame is drawn in a box: a small one by a whole factor, so that all pixels stay equally large. */
    Dimension fit(int width, int height) {
        double scale = Math.min(width / (double) columns, height / (double) this.height);
        double whole = scale >= 2 ? Math.floor(scale) : scale;
        return new Dimension(
                (int) Math.max(1, Math.round(columns * whole)), (int) Math.max(1, Math.round(this.height * whole)));
    }

    /** Draws a frame so large with its top left corner there. */
    void draw(Graphics2D canvas, double[] numbers, int frame, Rectangle place) {
        Graphics2D sized = (Graphics2D) canvas.create();
        sized.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                place.width % columns == 0
                        ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                        : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        sized.drawImage(image(numbers, frame), place.x, place.y, place.width, place.height, null);
        sized.dispose();
    }
}
