package dev.understudy.gan;

import dev.understudy.codec.Span;
import dev.understudy.gan.Script.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A string: a {@link Chain} knows which symbols follow which, convolutions along the places bend its odds, and a critic of
 * convolutions judges the whole. Both networks work on frames of places that belong together, and know how far each is from either
 * end; the length is the row's own choice.
 *
 * <p><em>Source</em>: residual convolutions for strings, Gulrajani et al. 2017, arXiv 1704.00028, section 5.2; straight-through
 * choices, Jang et al. 2017, arXiv 1611.01144.
 */
final class ConvolutionalText implements ValueNetworks {

    private static final double GAIN = Math.sqrt(2 / 1.04);
    private static final Window ONE = new Window(1, 1, 0);
    private static final Window THREE = new Window(3, 1, 1);
    private static final Window FIVE = new Window(5, 1, 2);

    private final Span span;
    private final Span.Text text;
    private final Sizes.Text sizes;
    private final Chain chain;
    private final int frames;

    ConvolutionalText(Span span, Sizes.Text sizes) {
        this.span = span;
        this.text = (Span.Text) span.value();
        this.sizes = sizes;
        this.chain = new Chain(span);
        this.frames = text.longest() / text.frame();
    }

    @Override
    public int latent() {
        return sizes.latent() * frames;
    }

    @Override
    public int gumbels() {
        return text.width();
    }

    @Override
    public Var head(Script script, Inputs in) {
        String name = Networks.name(span);
        var length = length(script, in);
        var places = places(script, length);
        var noise = sizes.latent() == 0
                ? places
                : script.stack(places, script.reshape(in.latent(), sizes.latent(), 1, frames));
        var whole = script.reshape(
                script.linear(name + ".whole", in.condition(), sizes.channels(), GAIN), sizes.channels(), 1, 1);
        var h = script.plus(script.convolution(name + ".in", noise, sizes.channels(), ONE, THREE, GAIN), whole);
        for (int i = 0; i < sizes.blocks(); i++) {
            h = script.residual(name + ".block." + i, h, ONE, FIVE, GAIN);
        }
        h = script.stack(script.leaky(h), noise);
        h = script.leaky(script.convolution(name + ".mix", h, 96, 1, GAIN));
        // The odds of the chain are the start: what bends them begins small.
        h = script.convolution(name + ".out", h, text.frame() * text.symbols(), 1, 0.1);
        var bends = script.line(
                List.of(text.longest(), text.symbols()),
                "torch.reshape(torch.permute(torch.reshape(%s, [-1, %d, %d, %d]), [0, 3, 1, 2]), [-1, %d, %d])",
                h,
                text.frame(),
                text.symbols(),
                frames,
                text.longest(),
                text.symbols());
        return drawn(script, bends, in, length);
    }

    private Var drawn(Script script, Var bends, Inputs in, Var length) {
        var scores = script.plus(bends, script.reshape(in.gumbels(), text.longest(), text.symbols()));
        var odds = chain.follow(script, Networks.name(span) + ".chain", scores, length);
        var symbols = Choices.straightThrough(script, script.plus(scores, odds), 1);
        var places = script.constant(range(text.longest(), 1), length);
        var live = script.line(
                List.of(text.longest(), 1),
                "torch.unsqueeze(torch.to(torch.lt(%s, %s), %s.dtype), 2)",
                places,
                length,
                length);
        return script.flat(script.times(symbols, live));
    }

    /** Length {@code [batch, 1]} by the row's choice. */
    private Var length(Script script, Inputs in) {
        if (in.choice() == null) {
            return script.line(
                    List.of(1),
                    "torch.full_like(torch.narrow(%s, 1, 0, 1), %d.)",
                    in.condition(),
                    text.lengths().get(0));
        }
        return script.line(
                List.of(1),
                "torch.sum(torch.mul(%s, %s), [1], True)",
                in.choice(),
                script.constant(
                        text.lengths().stream().map(Integer::doubleValue).toList(), in.choice()));
    }

    /** Where each frame is, seen from both ends, {@code [7, 1, frames]}; zeros behind the end. */
    private Var places(Script script, Var length) {
        var at = script.constant(range(frames, text.frame()), length);
        var shape = List.of(frames);
        var left = script.line(shape, "torch.sub(torch.sub(%s, 1.), %s)", length, at);
        var live = script.line(shape, "torch.to(torch.ge(%s, 0.), %s.dtype)", left, left);
        var end = script.line(shape, "torch.clamp(%s, 0.)", left);
        var channels = new ArrayList<Var>(List.of(live));
        for (Var distance : List.of(at, end)) {
            for (String form : List.of(
                    "torch.mul(torch.div(%s, " + text.longest() + ".), %s)",
                    "torch.mul(torch.exp(torch.div(%s, " + -text.frame() + ".)), %s)",
                    "torch.mul(torch.exp(torch.div(%s, " + -5 * text.frame() + ".)), %s)")) {
                channels.add(script.line(shape, form, distance, live));
            }
        }
        return script.line(List.of(channels.size(), 1, frames), "torch.unsqueeze(torch.stack(%s, 1), 2)", channels);
    }

    private static List<Double> range(int count, int step) {
        return IntStream.range(0, count).mapToObj(i -> (double) i * step).toList();
    }

    @Override
    public Var tower(Script script, Var value) {
        String name = Networks.name(span);
        int stacked = text.frame() * text.symbols();
        var folded = script.line(
                List.of(stacked, 1, frames),
                "torch.unsqueeze(torch.permute(torch.reshape(%s, [-1, %d, %d]), [0, 2, 1]), 2)",
                value,
                frames,
                stacked);
        var length = script.line(List.of(1), "torch.sum(%s, [1], True)", value.name() + ".detach()");
        var window = text.frame() == 1 ? new Window(sizes.window(), 1, sizes.window() / 2) : ONE;
        var h = script.leaky(script.convolution(
                name + ".in", script.stack(folded, places(script, length)), sizes.features(), ONE, window, GAIN));
        var features = new ArrayList<Var>(List.of(pooled(script, h)));
        h = script.convolution(name + ".mix", h, sizes.channels(), 1, GAIN);
        for (int i = 0; i < sizes.blocks(); i++) {
            h = script.residual(name + ".block." + i, h, ONE, FIVE, GAIN);
            features.add(pooled(script, script.leaky(h)));
        }
        return script.concatenate(features);
    }

    private Var pooled(Script script, Var h) {
        return script.line(List.of(h.channels()), "torch.div(torch.sum(%s, [2, 3]), %s)", h, Math.sqrt(frames));
    }
}
