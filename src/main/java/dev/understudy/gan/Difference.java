package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import dev.understudy.noise.Noise;
import java.util.stream.IntStream;

/**
 * How far two generators' rows of the same noise are apart, with nothing given.
 *
 * @param choices share of choices that are not the same, symbols of strings included
 * @param values mean absolute difference of pixels and scalars, in rows whose choices are all the same: an image of another label is
 *     another image, and is counted already
 */
public record Difference(double choices, double values) {

    /** Classes change both ways; if all did one way, a share would be a hundredth off, which takes 10,000 samples to notice. */
    private static final double SLIGHT_CHOICES = 0.01;

    /**
     * A grey level of an image of bytes, whose pixels go from -1 to 1. Of a scalar, which is normal, it is a 128th of its
     * deviation: moved as a whole by that, its distribution is .003 off, which takes some 200,000 samples to notice.
     */
    private static final double SLIGHT_VALUES = 2.0 / 256;

    private static final int MOST_ROWS = 512;
    private static final int LEAST_ROWS = 16;

    /** Bounds the rows compared, whatever the size of an image: 16 MiB for each generator. */
    private static final int MOST_FLOATS = 4 << 20;

    /** Whether one generator may stand in for the other. NaN is never slight. */
    public boolean slight() {
        return choices <= SLIGHT_CHOICES && values <= SLIGHT_VALUES;
    }

    /** Compares two generators of the same shape. */
    public static Difference between(Generator one, Generator other) {
        int count = Math.max(
                LEAST_ROWS, Math.min(MOST_ROWS, MOST_FLOATS / one.shape().width()));
        return between(one.shape(), rows(one, count), rows(other, count));
    }

    private static float[] rows(Generator generator, int count) {
        int latent = generator.latent();
        int width = generator.noiseWidth();
        float[] noise = new float[count * width];
        for (int row = 0; row < count; row++) {
            Noise.fill(0, row, Double.POSITIVE_INFINITY, latent, width - latent, noise, row);
        }
        var shape = generator.shape();
        return generator.generate(noise, new float[count * shape.width()], new float[count * shape.fields()], count);
    }

    /** Compares rows {@code [any, width]}. */
    static Difference between(RowShape shape, float[] one, float[] other) {
        var tally = new Tally(one, other);
        for (int start = 0; start < one.length; start += shape.width()) {
            int before = tally.otherChoices;
            for (Span span : shape.spans()) {
                tally.choice(start + span.choiceOffset(), span.choices());
                tally.symbols(start, span);
            }
            for (int i = 0; tally.otherChoices == before && i < shape.spans().size(); i++) {
                tally.value(start, shape.spans().get(i));
            }
        }
        return new Difference(share(tally.otherChoices, tally.choices), share(tally.sum, tally.values));
    }

    private static double share(double part, int whole) {
        return whole == 0 ? 0 : part / whole;
    }

    /** What has been counted. */
    private static final class Tally {
        private final float[] one;
        private final float[] other;
        private int choices;
        private int otherChoices;
        private int values;
        private double sum;

        Tally(float[] one, float[] other) {
            this.one = one;
            this.other = other;
        }

        /** A one-hot choice; behind the end of a string there is none. */
        void choice(int from, int classes) {
            var places = IntStream.range(from, from + classes);
            if (places.anyMatch(i -> one[i] != 0 || other[i] != 0)) {
                choices++;
                otherChoices += IntStream.range(from, from + classes).allMatch(i -> one[i] == other[i]) ? 0 : 1;
            }
        }

        void symbols(int start, Span span) {
            if (span.value() instanceof Span.Text text) {
                for (int place = 0; place < text.longest(); place++) {
                    choice(start + span.valueOffset() + place * text.symbols(), text.symbols());
                }
            }
        }

        /** Live numbers: those of an absent value are zeros on both sides. */
        void value(int start, Span span) {
            int from = start + span.valueOffset();
            int width = span.value() instanceof Span.Text ? 0 : span.value().width();
            for (int i = from; i < from + width; i++) {
                if (one[i] != 0 || other[i] != 0) {
                    values++;
                    sum += Math.abs(one[i] - other[i]);
                }
            }
        }
    }
}
