package dev.understudy.gan;

import dev.understudy.codec.Span;
import dev.understudy.gan.Script.Window;

/**
 * An image by sub-pixel convolutions on a small base, judged by strided ones: most of the work is done at low resolution,
 * which is what makes a step cheap.
 *
 * <p>Base and channels follow from the size: 28×28 grows from 7×7 in two doublings, 128×128 from 8×8 in four.
 *
 * <p><em>Source</em>: sub-pixel convolution, Shi et al. 2016, arXiv 1609.05158; residual blocks whose last layer starts at
 * zero, Zhang et al. 2019, arXiv 1901.09321.
 */
final class SubPixelImage implements ImageField {

    private static final int LARGEST_BASE = 8;
    private static final int MOST_CHANNELS = 256;

    /** Gain of He et al. 2015 (arXiv 1502.01852) before a leaky rectifier of slope 0.2. */
    private static final double GAIN = Math.sqrt(2 / 1.04);

    private static final double LAST_GAIN = 0.577;

    private final Span span;
    private final Span.Image image;
    private final Recipe.Image sizes;
    private final int doublings;

    SubPixelImage(Span span, Recipe.Image sizes) {
        this.span = span;
        this.image = (Span.Image) span.value();
        this.sizes = sizes;
        this.doublings = doublings(Math.max(image.height(), image.columns()));
    }

    private static int doublings(int side) {
        int doublings = 2;
        while (base(side, doublings) > LARGEST_BASE) {
            doublings++;
        }
        return doublings;
    }

    private static int base(int side, int doublings) {
        int scale = 1 << doublings;
        return (side + scale - 1) / scale;
    }

    @Override
    public Var head(Script script, Var condition) {
        String name = "image." + span.valueOffset();
        int channels = Math.min(MOST_CHANNELS, sizes.generatorChannels() << (doublings - 2));
        int height = base(image.height(), doublings);
        int columns = base(image.columns(), doublings);
        var h = script.leaky(script.linear(name + ".in", condition, sizes.hidden(), GAIN));
        h = script.linear(name + ".base", h, channels * height * columns, GAIN);
        h = residual(script, name + ".block", script.reshape(h, channels, height, columns));
        for (int i = 1; i < doublings; i++) {
            channels = Math.max(8, channels / 2);
            h = script.shuffle(script.convolution(name + ".up." + i, script.leaky(h), 4 * channels, 3, GAIN));
        }
        h = script.shuffle(script.convolution(name + ".out", script.leaky(h), 4 * image.channels(), 3, LAST_GAIN));
        return script.reshape(script.tanh(script.crop(h, image.height(), image.columns())), image.width());
    }

    @Override
    public Var tower(Script script, Var pixels) {
        String name = "image." + span.valueOffset();
        var h = script.reshape(pixels, image.channels(), image.height(), image.columns());
        int channels = sizes.criticChannels();
        for (int i = 0; i < doublings; i++) {
            var x = i == 0 ? h : script.leaky(h);
            h = script.convolution(name + ".down." + i, x, channels, halving(h.height()), halving(h.columns()), GAIN);
            channels = Math.min(MOST_CHANNELS, 2 * channels);
        }
        h = script.leaky(residual(script, name + ".block", h));
        return script.leaky(script.linear(name + ".features", script.reshape(h, h.size()), sizes.features(), GAIN));
    }

    /** Halves an axis; one that is down to a single row stays. */
    private static Window halving(int length) {
        return length > 1 ? new Window(4, 2, 1) : new Window(1, 1, 0);
    }

    private static Var residual(Script script, String name, Var h) {
        var inner = script.convolution(name + ".0", script.leaky(h), h.channels(), 3, GAIN);
        return script.plus(h, script.convolution(name + ".1", script.leaky(inner), h.channels(), 1, 0));
    }
}
