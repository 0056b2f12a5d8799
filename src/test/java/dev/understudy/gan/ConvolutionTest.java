package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.understudy.gan.Script.Window;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions are written in the form that the engine computes fastest: all forms are the same function. */
class ConvolutionTest {

    private static final int OUT = 5;

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of(1, 28, 28, Window.HALF),
                Arguments.of(3, 6, 10, Window.HALF),
                Arguments.of(3, 7, 10, Window.HALF),
                Arguments.of(8, 6, 4, Window.HALF),
                Arguments.of(6, 5, 3, Window.POINT));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void valueAndGradientsAreThoseOfTheEngine(int channels, int height, int columns, Window window) {
        // Given
        var script = Script.training();
        var x = script.pixels(script.input("x", channels * height * columns), channels, height, columns);
        var y = script.flatten(script.convolution("c", x, OUT, window, window, 1));
        var network = script.network("ours", y);
        var kernel = List.of(OUT, channels, window.kernel(), window.kernel());
        var comparison = network.source()
                + """
                def engine(self, w: Tensor, x: Tensor) -> Tensor:
                  p = torch.split_with_sizes(w, %s)
                  y = torch.conv2d(torch.reshape(x, [-1, %d, %d, %d]), torch.reshape(p[0], %s), p[1], [%d, %d], [%d, %d])
                  return torch.reshape(torch.permute(y, [0, 2, 3, 1]), [-1, %d])
                def gradients(self, y: Tensor, w: Tensor, x: Tensor) -> Tensor:
                  g = torch.grad([torch.sum(torch.sin(y))], [w, x], None, False, False, False)
                  return torch.cat([torch.flatten(y.detach()), torch.flatten(unchecked_cast(Tensor, g[0])), torch.flatten(unchecked_cast(Tensor, g[1]))])
                def difference(self, w32: Tensor, x32: Tensor) -> Tensor:
                  w = torch.to(w32, 7).requires_grad_()
                  x = torch.to(x32, 7).requires_grad_()
                  a = self.gradients(self.ours(w, x), w, x)
                  b = self.gradients(self.engine(w, x), w, x)
                  return torch.to(torch.stack([torch.max(torch.abs(torch.sub(a, b))), torch.max(torch.abs(b))]), 6)
                """.formatted(
                        network.parameters().stream().map(Parameter::size).toList(),
                        channels,
                        height,
                        columns,
                        kernel,
                        window.stride(),
                        window.stride(),
                        window.padding(),
                        window.padding(),
                        y.size());
        try (var program = new Program(Device.CPU, comparison)) {
            // When
            float[] difference = program.differentiate(
                    "difference",
                    program.array(normals(network.size())),
                    Program.Input.of(normals(3 * channels * height * columns), 3));
            // Then
            assertThat(difference[0]).isCloseTo(0, within(1e-11f));
            assertThat(difference[1]).isGreaterThan(0.1f);
        }
    }

    private static float[] normals(int count) {
        return new Parameter("", List.of(count), new Parameter.Normal(1)).initial(count, 0, new float[0], 1);
    }
}
