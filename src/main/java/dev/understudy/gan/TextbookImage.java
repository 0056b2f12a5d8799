package dev.understudy.gan;

import dev.understudy.codec.Span;
import dev.understudy.gan.Script.Window;
import java.util.List;

/**
 * The textbook pair: a generator of dense layers, and a critic of five strided convolutions.
 *
 * <p><em>Source</em>: Goodfellow et al. 2014, arXiv 1406.2661; the critic after Radford et al. 2016, arXiv 1511.06434, without
 * normalisation.
 */
final class TextbookImage implements ValueNetworks {

    private static final List<Integer> LAYERS = List.of(128, 256, 512, 1024, 1024);
    private static final List<Integer> CHANNELS = List.of(64, 128, 256, 512, 1024);
    private static final double GAIN = Math.sqrt(2 / 1.04);

    private final Span span;
    private final Span.Image image;

    TextbookImage(Span span) {
        this.span = span;
        this.image = ValueNetworks.image(span);
    }

    @Override
    public Var head(Script script, Inputs in) {
        String name = Networks.name(span);
        var h = in.condition();
        for (int i = 0; i < LAYERS.size(); i++) {
            h = script.leaky(script.linear(name + "." + i, h, LAYERS.get(i), GAIN));
        }
        return script.tanh(script.linear(name + ".out", h, image.width(), 1));
    }

    @Override
    public Var tower(Script script, Var pixels) {
        String name = Networks.name(span);
        var halving = new Window(5, 2, 2);
        var h = script.pixels(pixels, image.channels(), image.height(), image.columns());
        for (int i = 0; i < CHANNELS.size(); i++) {
            h = script.leaky(script.convolution(name + "." + i, h, CHANNELS.get(i), halving, halving, GAIN));
        }
        return script.flatten(h);
    }
}
