package dev.understudy.api.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.codec.RecordLayout;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.avro.generic.GenericRecord;

/** A gallery as a viewer opens it. */
record Picture(BufferedImage image) {
    private static final int SATURATED = 40;

    static Picture of(RecordLayout layout, List<GenericRecord> real, List<GenericRecord> synthetic) {
        try {
            byte[] png = new Gallery(layout).png(real, synthetic);
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            assertThat(image.getWidth()).isEqualTo(Gallery.WIDTH);
            return new Picture(image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int height() {
        return image.getHeight();
    }

    /** Pixels below the legend in a side's colour, whatever their tint. */
    long ink(Side side) {
        return count(0, image.getWidth(), side == Side.REAL ? Picture::blue : Picture::orange);
    }

    private static boolean blue(int rgb) {
        return (rgb & 255) - (rgb >> 16 & 255) > SATURATED;
    }

    private static boolean orange(int rgb) {
        return (rgb >> 16 & 255) - (rgb & 255) > SATURATED;
    }

    /** Pixels below the headings in a half that are not white. */
    long drawn(Side side) {
        int left = side == Side.REAL ? 0 : image.getWidth() / 2;
        return count(left, left + image.getWidth() / 2, rgb -> (rgb & 0xFFFFFF) != 0xFFFFFF);
    }

    private long count(int left, int right, IntPredicate counted) {
        return IntStream.range(70, image.getHeight())
                .flatMap(y -> IntStream.range(left, right).map(x -> image.getRGB(x, y)))
                .filter(counted)
                .count();
    }

    /** Whether a colour occurs in a half. */
    boolean shows(Side side, int rgb) {
        int left = side == Side.REAL ? 0 : image.getWidth() / 2;
        return count(left, left + image.getWidth() / 2, each -> (each & 0xFFFFFF) == rgb) > 0;
    }

    /** Greys of at least so many equal pixels in a row of a half, from left to right; white is none. */
    List<Integer> greys(Side side, int y, int least) {
        int left = side == Side.REAL ? 0 : image.getWidth() / 2;
        List<Integer> greys = new ArrayList<>();
        int run = 0;
        for (int x = left + 1; x < left + image.getWidth() / 2; x++) {
            run = image.getRGB(x, y) == image.getRGB(x - 1, y) ? run + 1 : 0;
            if (run == least && (image.getRGB(x, y) & 255) != 255) {
                greys.add(image.getRGB(x, y) & 255);
            }
        }
        return greys;
    }

    boolean same(Picture other) {
        return height() == other.height()
                && IntStream.range(0, height()).allMatch(y -> IntStream.range(0, image.getWidth())
                        .allMatch(x -> image.getRGB(x, y) == other.image.getRGB(x, y)));
    }
}
