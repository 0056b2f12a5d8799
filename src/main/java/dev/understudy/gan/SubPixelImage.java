package dev.understudy.gan;

import dev.understudy.codec.Span;
import dev.understudy.gan.Script.Window;
import java.util.List;

/**
 * An image by sub-pixel convolutions on a small base, judged by strided ones: most of the work is done at low resolution,
 * which is what makes a step cheap.
 *
 * <p>Base and channels follow from the size: 28×28 grows from 7×7 in two doublings, 128×128 from 8×8 in four.
 *
 * <p><em>Source</em>: sub-pixel convolution, Shi et al. 2016, arXiv 1609.05158; residual blocks whose last layer starts at
 * zero, Zhang et al. 2019, arXiv 1901.09321.
 */
final class SubPixelImage implements ValueNetworks {

    private static final int LARGEST_BASE = 8;
    private static final int MOST_CHANNELS = 256;

    /** Gain of He et al. 2015 (arXiv 1502.01852) before a leaky rectifier of slope 0.2. */
    private static final double GAIN = Math.sqrt(2 / 1.04);

    private static final double LAST_GAIN = 0.577;

    private static final Window THREE = new Window(3, 1, 1);

    private final Span span;
    private final Span.Image image;
    private final Sizes.Image sizes;
    private final int doublings;

    SubPixelImage(Span span, Sizes.Image sizes) {
        this.span = span;
        this.image = ValueNetworks.image(span);
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

    private int baseChannels() {
        return Math.min(MOST_CHANNELS, sizes.generatorChannels() << (doublings - 2));
    }

    @Override
    public Var head(Script script, Inputs in) {
        String name = Networks.name(span);
        int channels = baseChannels();
        int height = base(image.height(), doublings);
        int columns = base(image.columns(), doublings);
        var glance = in.glance();
        var condition = glance == null ? in.condition() : script.concatenate(List.of(in.condition(), glance.summary()));
        var h = script.leaky(script.linear(name + ".in", condition, sizes.hidden(), GAIN));
        h = script.linear(name + ".base", h, channels * height * columns, GAIN);
        h = script.image(h, channels, height, columns);
        h = glance == null ? h : script.plus(h, glance.map());
        h = script.residual(name + ".block", h, THREE, THREE, GAIN);
        for (int i = 1; i < doublings; i++) {
            channels = Math.max(8, channels / 2);
            h = script.shuffle(script.convolution(name + ".up." + i, script.leaky(h), 4 * channels, 3, GAIN));
        }
        h = script.shuffle(script.convolution(name + ".out", script.leaky(h), 4 * image.channels(), 3, LAST_GAIN));
        var made = script.reshape(script.tanh(script.crop(h, image.height(), image.columns())), image.width());
        return glance == null
                ? made
                : script.line(made.shape(), "torch.where(%s, %s, %s)", glance.known(), glance.given(), made);
    }

    /** Pixels and where they are known, at the size of the base: space to depth, convolutions, and a dense layer over all. */
    @Override
    public Glance glance(Script script, Var given) {
        String name = Networks.name(span) + ".glance";
        var known = script.line(given.shape(), "torch.eq(%s, %s)", given, given);
        var pixels = script.line(given.shape(), "torch.where(%s, %s, 0.)", known, given);
        var image = script.pixels(pixels, this.image.channels(), this.image.height(), this.image.columns());
        var where = script.line(
                List.of(1, this.image.height(), this.image.columns()),
                "torch.to(torch.narrow(torch.reshape(%s, [-1, %d, %d, %d]), 1, 0, 1), %s.dtype)",
                known,
                this.image.channels(),
                this.image.height(),
                this.image.columns(),
                given);
        var deep = script.unshuffle(script.stack(image, where), 1 << doublings);
        var map = script.convolution(name + ".in", deep, baseChannels(), 1, GAIN);
        map = script.residual(name + ".block", map, THREE, THREE, GAIN);
        var summary = script.linear(name + ".summary", script.flatten(script.leaky(map)), sizes.hidden(), GAIN);
        return new Glance(
                given, known, map, script.leaky(summary).meaning(Feature.seen(span.valueOffset(), sizes.hidden())));
    }

    @Override
    public Var tower(Script script, Var pixels) {
        String name = Networks.name(span);
        var h = script.pixels(pixels, image.channels(), image.height(), image.columns());
        int channels = sizes.criticChannels();
        for (int i = 0; i < doublings; i++) {
            var x = i == 0 ? h : script.leaky(h);
            h = script.convolution(name + ".down." + i, x, channels, halving(h.height()), halving(h.columns()), GAIN);
            channels = Math.min(MOST_CHANNELS, 2 * channels);
        }
        h = script.leaky(script.residual(name + ".block", h, THREE, THREE, GAIN));
        return script.leaky(script.linear(name + ".features", script.flatten(h), sizes.features(), GAIN));
    }

    /** Halves an axis; one that is down to a single row stays. */
    private static Window halving(int length) {
        return length > 1 ? new Window(4, 2, 1) : new Window(1, 1, 0);
    }
}
