package dev.understudy.gan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes one network as a TorchScript method {@code name(w, inputs…)}: each call adds a line and yields the variable it
 * computes, and declares the parameters it needs on the way. {@code w} holds all parameters, flat, in the order declared.
 *
 * <p>Shapes are known while writing, so a layer that does not fit fails here, by name, and not in the engine.
 */
final class Script {

    private final List<Parameter> parameters = new ArrayList<>();
    private final List<String> inputs = new ArrayList<>();
    private final StringBuilder lines = new StringBuilder();
    private int variables;

    /** An input {@code [batch, width]} of the method. */
    Var input(String name, int width) {
        inputs.add(name);
        return new Var(name, List.of(width));
    }

    /** Adds a line that computes a variable; {@code %s} stands for the arguments. */
    Var line(List<Integer> shape, String format, Object... arguments) {
        var variable = new Var("v" + variables++, shape);
        lines.append("  %s = %s\n".formatted(variable, String.format(Locale.ROOT, format, arguments)));
        return variable;
    }

    /** Declares a parameter; the result has the parameter's whole shape. */
    Var parameter(String name, List<Integer> shape, Parameter.Start start) {
        parameters.add(new Parameter(name, shape, start));
        return line(shape, "torch.view(p[%d], %s)", parameters.size() - 1, shape);
    }

    /** {@code x W + b}; weights start as N(0, gain² / fan-in), the bias as zero. */
    Var linear(String name, Var x, int out, double gain) {
        return linear(name, x, gain, zeros(out));
    }

    /** {@code x W + b} with a bias that starts as given. */
    Var linear(String name, Var x, double gain, Parameter.Fixed bias) {
        int out = bias.numbers().size();
        var weight = parameter(name + ".weight", List.of(out, x.width()), normal(gain, x.width()));
        var offset = parameter(name + ".bias", List.of(out), bias);
        return line(List.of(out), "torch.linear(%s, %s, %s)", x, weight, offset);
    }

    /** A linear map of independent N(0, 1) weights without a bias. */
    Var embed(String name, Var x, int out, double deviation) {
        var weight = parameter(name + ".weight", List.of(out, x.width()), new Parameter.Normal(deviation));
        return line(List.of(out), "torch.linear(%s, %s)", x, weight);
    }

    /** Window of a convolution along one axis. */
    record Window(int kernel, int stride, int padding) {

        int apply(int length) {
            return (length + 2 * padding - kernel) / stride + 1;
        }
    }

    /** A convolution; weights start as N(0, gain² / fan-in), the bias as zero. */
    Var convolution(String name, Var x, int out, Window rows, Window columns, double gain) {
        var shape = List.of(out, x.channels(), rows.kernel(), columns.kernel());
        int fanIn = x.channels() * rows.kernel() * columns.kernel();
        var weight = parameter(name + ".weight", shape, normal(gain, fanIn));
        var bias = parameter(name + ".bias", List.of(out), zeros(out));
        return line(
                List.of(out, rows.apply(x.height()), columns.apply(x.columns())),
                "torch.conv2d(%s, %s, %s, [%d, %d], [%d, %d])",
                x,
                weight,
                bias,
                rows.stride(),
                columns.stride(),
                rows.padding(),
                columns.padding());
    }

    /** A convolution that keeps height and width; {@code kernel} is odd. */
    Var convolution(String name, Var x, int out, int kernel, double gain) {
        var window = new Window(kernel, 1, kernel / 2);
        return convolution(name, x, out, window, window, gain);
    }

    /** Leaky rectifier with slope 0.2. */
    Var leaky(Var x) {
        return line(x.shape(), "torch.leaky_relu(%s, 0.20000000000000001)", x);
    }

    Var tanh(Var x) {
        return line(x.shape(), "torch.tanh(%s)", x);
    }

    Var plus(Var x, Var y) {
        return line(x.shape(), "torch.add(%s, %s)", x, y);
    }

    /** Product; {@code y} may have one feature for all of {@code x}. */
    Var times(Var x, Var y) {
        return line(x.shape(), "torch.mul(%s, %s)", x, y);
    }

    /** Inner product of two flat variables of the same width, {@code [batch, 1]}. */
    Var inner(Var x, Var y) {
        return line(List.of(1), "torch.sum(torch.mul(%s, %s), [1], True)", x, y);
    }

    /** Features side by side. */
    Var concatenate(List<Var> parts) {
        var present = parts.stream().filter(part -> part.width() > 0).toList();
        if (present.size() == 1) {
            return present.get(0);
        }
        int width = present.stream().mapToInt(Var::width).sum();
        return line(List.of(width), "torch.cat(%s, 1)", present);
    }

    /** Features {@code [from, to)}. */
    Var slice(Var x, int from, int to) {
        if (from == 0 && to == x.width()) {
            return x;
        }
        return line(List.of(to - from), "torch.narrow(%s, 1, %d, %d)", x, from, to - from);
    }

    /** Features in the order of {@code indices}. */
    Var select(Var x, List<Integer> indices) {
        return line(
                List.of(indices.size()),
                "torch.index_select(%s, 1, torch.tensor(%s, device=%s.device))",
                x,
                indices,
                x);
    }

    Var reshape(Var x, Integer... shape) {
        var target = List.of(shape);
        var sizes = target.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return line(target, "torch.reshape(%s, [-1, %s])", x, sizes);
    }

    /** Four channels become one of twice the height and width (Shi et al. 2016, arXiv 1609.05158). */
    Var shuffle(Var x) {
        return line(List.of(x.channels() / 4, 2 * x.height(), 2 * x.columns()), "torch.pixel_shuffle(%s, 2)", x);
    }

    /** The top left corner of an image. */
    Var crop(Var x, int height, int columns) {
        if (x.height() == height && x.columns() == columns) {
            return x;
        }
        return line(
                List.of(x.channels(), height, columns),
                "torch.narrow(torch.narrow(%s, 2, 0, %d), 3, 0, %d)",
                x,
                height,
                columns);
    }

    /** Ends the method. */
    Network network(String name, Var result) {
        var arguments = inputs.stream().map(input -> ", " + input + ": Tensor").collect(Collectors.joining());
        var sizes = parameters.stream().map(Parameter::size).toList();
        var source = "def %s(self, w: Tensor%s) -> Tensor:\n  p = torch.split_with_sizes(w, %s)\n%s  return %s\n"
                .formatted(name, arguments, sizes, lines, result);
        return new Network(source, List.copyOf(parameters));
    }

    private static Parameter.Normal normal(double gain, int fanIn) {
        return new Parameter.Normal(gain / Math.sqrt(fanIn));
    }

    private static Parameter.Fixed zeros(int size) {
        var numbers = new Float[size];
        Arrays.fill(numbers, 0f);
        return new Parameter.Fixed(List.of(numbers));
    }
}
