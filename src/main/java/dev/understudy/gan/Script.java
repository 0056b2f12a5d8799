package dev.understudy.gan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes one network as a TorchScript method {@code name(w, inputs…)}: each call adds a line and yields the variable it
 * computes, and declares the parameters it needs on the way. {@code w} holds all parameters, flat, in the order declared.
 *
 * <p>Shapes are known while writing, so a layer that does not fit fails here, by name, and not in the engine.
 */
final class Script {

    private static final double BLOCK_GAIN = Math.sqrt(2);

    /** A pointwise convolution: a matrix product, as the channels of an image are innermost in memory. */
    private static final String POINTWISE =
            "torch.permute(torch.linear(torch.permute(%s, [0, 2, 3, 1]), torch.view(%s, [%d, %d]), %s), [0, 3, 1, 2])";

    /** Channels for which the engine's gradient of a strided convolution with respect to its input is slow. */
    private static final int FEW = 4;

    /** The same convolution on squares of four pixels, with stride one. */
    private static final String HALVING =
            "torch.conv2d(torch.contiguous(torch.pixel_unshuffle(torch.constant_pad_nd(%s, [1, 1, 1, 1], 0.), 2), memory_format=2), torch.pixel_unshuffle(%s, 2), %s)";

    private final List<Parameter> parameters = new ArrayList<>();
    private final List<String> inputs = new ArrayList<>();
    private final StringBuilder lines = new StringBuilder();
    private final Set<String> helpers = new LinkedHashSet<>();
    private final boolean serving;
    private final Precision precision;
    private int variables;

    private Script(boolean serving, Precision precision) {
        this.serving = serving;
        this.precision = precision;
    }

    /** A network whose gradients are taken. */
    static Script training() {
        return new Script(false, Precision.SINGLE);
    }

    /** A network that serves, so it needs no gradients. */
    static Script serving(Precision precision) {
        return new Script(true, precision);
    }

    boolean serving() {
        return serving;
    }

    /** Adds a method that lines may call. */
    void helper(String source) {
        helpers.add(source);
    }

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

    /** The same for what is dear: it takes its variables in the precision of this network, and gives single precision back. */
    private Var product(List<Integer> shape, String format, Object... arguments) {
        if (precision == Precision.SINGLE) {
            return line(shape, format, arguments);
        }
        var rounded = Arrays.stream(arguments)
                .map(argument -> argument instanceof Var ? precision.of(argument) : argument)
                .toArray();
        return line(shape, Precision.SINGLE.of(format), rounded);
    }

    /** Declares a parameter; the result has the parameter's whole shape. */
    Var parameter(String name, List<Integer> shape, Parameter.Start start) {
        return parameter(new Parameter(name, shape, start));
    }

    private Var parameter(Parameter parameter) {
        parameters.add(parameter);
        return line(parameter.shape(), "torch.view(p[%d], %s)", parameters.size() - 1, parameter.shape());
    }

    /** {@code x W + b}; weights start as N(0, gain² / fan-in), the bias as zero. */
    Var linear(String name, Var x, int out, double gain) {
        return linear(name, x, gain, zeros(out), List.of());
    }

    /** {@code x W + b} with a bias that starts as given; what it makes means something. */
    Var linear(String name, Var x, double gain, Parameter.Fixed bias, List<Feature> made) {
        var out = List.of(bias.numbers().size());
        var weight = weight(name, x, out.get(0), normal(gain, x.width()), made);
        var offset = parameter(new Parameter(name + ".bias", out, bias, made, List.of()));
        return product(out, "torch.linear(%s, %s, %s)", x, weight, offset);
    }

    private Var weight(String name, Var x, int out, Parameter.Start start, List<Feature> made) {
        return parameter(new Parameter(name + ".weight", List.of(out, x.width()), start, made, x.features()));
    }

    /**
     * Dense layers, then residual blocks without normalisation that start as the identity (Zhang et al. 2019, arXiv 1901.09321),
     * then a leaky rectifier.
     *
     * @param gain of the first layer
     */
    Var trunk(String name, Var in, double gain, Sizes.Trunk trunk) {
        return trunk(name, linear(name + ".0", in, trunk.layers().get(0), gain), trunk);
    }

    /**
     * The same behind its first layer.
     *
     * @param first what that layer makes
     */
    Var trunk(String name, Var first, Sizes.Trunk trunk) {
        var h = first;
        for (int i = 1; i < trunk.layers().size(); i++) {
            h = linear(name + "." + i, leaky(h), trunk.layers().get(i), BLOCK_GAIN);
        }
        for (int i = 0; i < trunk.blocks(); i++) {
            var inner = linear(name + ".block." + i + ".0", leaky(h), h.width(), BLOCK_GAIN);
            h = plus(h, linear(name + ".block." + i + ".1", leaky(inner), h.width(), 0));
        }
        return leaky(h);
    }

    /** A linear map of independent N(0, 1) weights without a bias. */
    Var embed(String name, Var x, int out, double deviation) {
        var weight = weight(name, x, out, new Parameter.Normal(deviation), List.of());
        return product(List.of(out), "torch.linear(%s, %s)", x, weight);
    }

    /** Window of a convolution along one axis. */
    record Window(int kernel, int stride, int padding) {

        /** Every place by itself. */
        static final Window POINT = new Window(1, 1, 0);

        /** Halves the axis. */
        static final Window HALF = new Window(4, 2, 1);

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
        var made = List.of(out, rows.apply(x.height()), columns.apply(x.columns()));
        if (rows.equals(Window.POINT) && columns.equals(Window.POINT)) {
            return product(made, POINTWISE, x, weight, out, x.channels(), bias);
        }
        if (halvesFewChannels(x, rows, columns)) {
            return product(made, HALVING, x, weight, bias);
        }
        return product(
                made,
                "torch.conv2d(%s, %s, %s, [%d, %d], [%d, %d])",
                x,
                weight,
                bias,
                rows.stride(),
                columns.stride(),
                rows.padding(),
                columns.padding());
    }

    private static boolean halvesFewChannels(Var x, Window rows, Window columns) {
        boolean even = x.height() % 2 == 0 && x.columns() % 2 == 0;
        return even && x.channels() <= FEW && rows.equals(Window.HALF) && columns.equals(Window.HALF);
    }

    /** A convolution that keeps height and width; {@code kernel} is odd. */
    Var convolution(String name, Var x, int out, int kernel, double gain) {
        var window = new Window(kernel, 1, kernel / 2);
        return convolution(name, x, out, window, window, gain);
    }

    /** A convolution, a leaky rectifier and a pointwise convolution that starts at zero, added to what came in. */
    Var residual(String name, Var h, Window rows, Window columns, double gain) {
        var inner = convolution(name + ".0", leaky(h), h.channels(), rows, columns, gain);
        return plus(h, convolution(name + ".1", leaky(inner), h.channels(), 1, 0));
    }

    /** A constant row of numbers, {@code [1, size]}, on the device of {@code like}. */
    Var constant(List<? extends Number> numbers, Var like) {
        return line(
                List.of(numbers.size()),
                "torch.unsqueeze(torch.tensor(%s, dtype=%s.dtype, device=%s.device), 0)",
                numbers,
                like,
                like);
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
        var features =
                present.stream().flatMap(part -> part.features().stream()).toList();
        return line(List.of(width), "torch.cat(%s, 1)", present).meaning(features);
    }

    /** Features {@code [from, to)}. */
    Var slice(Var x, int from, int to) {
        if (from == 0 && to == x.width()) {
            return x;
        }
        var features = x.features().isEmpty() ? x.features() : x.features().subList(from, to);
        return line(List.of(to - from), "torch.narrow(%s, 1, %d, %d)", x, from, to - from)
                .meaning(features);
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

    /** All features of a row side by side. */
    Var flat(Var x) {
        return reshape(x, x.size());
    }

    Var reshape(Var x, Integer... shape) {
        var target = List.of(shape);
        var sizes = target.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return line(target, "torch.reshape(%s, [-1, %s])", x, sizes);
    }

    /** Features as an image with its channels innermost in memory, the order in which convolutions run fastest here. */
    Var image(Var x, int channels, int height, int columns) {
        return line(
                List.of(channels, height, columns),
                "torch.permute(torch.view(%s, [-1, %d, %d, %d]), [0, 3, 1, 2])",
                x,
                height,
                columns,
                channels);
    }

    /** An image as features, in the order of {@link #image}. */
    Var flatten(Var x) {
        return line(List.of(x.size()), "torch.reshape(torch.permute(%s, [0, 2, 3, 1]), [-1, %d])", x, x.size());
    }

    /** Pixels of a row, {@code [channels * height * columns]}, as an image with its channels innermost in memory. */
    Var pixels(Var x, int channels, int height, int columns) {
        var shape = List.of(channels, height, columns);
        return line(
                shape,
                "torch.contiguous(torch.reshape(%s, [-1, %d, %d, %d]), memory_format=2)",
                x,
                channels,
                height,
                columns);
    }

    /** Four channels become one of twice the height and width (Shi et al. 2016, arXiv 1609.05158). */
    Var shuffle(Var x) {
        return line(List.of(x.channels() / 4, 2 * x.height(), 2 * x.columns()), "torch.pixel_shuffle(%s, 2)", x);
    }

    /** Squares of {@code scale} pixels a side become channels; an image that they do not divide is filled up with zeros. */
    Var unshuffle(Var x, int scale) {
        int height = (x.height() + scale - 1) / scale;
        int columns = (x.columns() + scale - 1) / scale;
        return line(
                List.of(x.channels() * scale * scale, height, columns),
                "torch.pixel_unshuffle(torch.constant_pad_nd(%s, [0, %d, 0, %d], 0.), %d)",
                x,
                columns * scale - x.columns(),
                height * scale - x.height(),
                scale);
    }

    /** Channels of two images of the same size on top of each other. */
    Var stack(Var x, Var y) {
        return line(List.of(x.channels() + y.channels(), x.height(), x.columns()), "torch.cat([%s, %s], 1)", x, y);
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
        return new Network(String.join("\n", helpers) + "\n" + source, List.copyOf(parameters));
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
