package dev.understudy.gan;

import dev.understudy.codec.Span;
import java.util.ArrayList;

/**
 * A series by dense residual networks. The generator makes the whitened first value and steps; the critic looks at these, at the
 * values they add up to, at the steps in the values' own scale, and at how far each channel is from the first.
 *
 * <p>As a row holds the whitened form, the gradient penalty is taken with respect to it, which matters: with respect to the values
 * the critic hardly sees the small differences between steps.
 */
final class ResidualSeries implements ValueNetworks {

    private final Span span;
    private final Span.Series series;
    private final SeriesValues values;
    private final Sizes.Series sizes;

    ResidualSeries(Span span, Sizes.Series sizes) {
        this.span = span;
        this.series = (Span.Series) span.value();
        this.values = new SeriesValues(series);
        this.sizes = sizes;
    }

    @Override
    public Var head(Script script, Inputs in) {
        String name = Networks.name(span);
        var trunk = script.trunk(name, in.condition(), 1, sizes.generator());
        return script.linear(name + ".out", trunk, series.width(), 1);
    }

    @Override
    public Var tower(Script script, Var value) {
        var scores = values.values(script, value);
        var features = new ArrayList<Var>();
        features.add(script.line(value.shape(), "torch.clamp(%s, -10., 10.)", value));
        features.add(script.flat(scores));
        if (series.steps() > 1) {
            features.add(script.flat(values.scaledDifferences(script, value)));
        }
        if (series.channels() > 1) {
            features.add(script.flat(values.scaledSpreads(script, scores)));
        }
        return script.trunk(Networks.name(span), script.concatenate(features), 1, sizes.critic());
    }
}
