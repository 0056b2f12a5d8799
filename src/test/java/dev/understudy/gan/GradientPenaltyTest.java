package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.understudy.codec.RowShape;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The penalty's gradient is a second derivative of the critic: it is held against central differences in 64 bits. */
class GradientPenaltyTest {

    /** The slope of the penalty along a direction in the weights: by double backward, and by differences. */
    private static final String SLOPES = """
            def value(self, w: Tensor, rows: Tensor, mix: Tensor, weights: Tensor) -> Tensor:
              both = rows.detach().requires_grad_()
              return self.penalty(w, both, self.critic(w, both), mix, weights)
            def slopes(self, w32: Tensor, rows32: Tensor, mix32: Tensor, weights32: Tensor, direction32: Tensor) -> Tensor:
              w, rows, mix = torch.to(w32, 7), torch.to(rows32, 7), torch.to(mix32, 7)
              weights, direction = torch.to(weights32, 7), torch.to(direction32, 7)
              a = w.detach().requires_grad_()
              g = unchecked_cast(Tensor, torch.grad([self.value(a, rows, mix, weights)], [a], None, False, False, False)[0])
              step = 1e-6 * direction
              above = self.value(torch.add(w, step), rows, mix, weights)
              below = self.value(torch.sub(w, step), rows, mix, weights)
              exact = torch.sum(torch.mul(g, direction))
              differences = torch.div(torch.sub(above, below), 2e-6)
              return torch.to(torch.stack([exact, differences.detach(), above.detach()]), 6)
            """;

    static Stream<Arguments> cases() {
        return Stream.of(Shapes.table(), Shapes.mixed(9, 6), Shapes.names(), Shapes.coding(), Shapes.series())
                .flatMap(shape -> Stream.of(GradientPenalty.values()).map(penalty -> Arguments.of(shape, penalty)));
    }

    @ParameterizedTest(name = "{index} {1}")
    @MethodSource("cases")
    void itsGradientIsExact(RowShape shape, GradientPenalty penalty) {
        // Given a critic whose blocks are not the identity, as they are at the start
        var critic = new Networks(shape, Recipe.preset("small", shape)).critic();
        var parts = Recipe.preset("small", shape).penalty().parts(shape);
        var columns = parts.stream().map(Penalty.Part::columns).toList();
        float[] gammas = new float[columns.size()];
        for (int i = 0; i < gammas.length; i++) {
            gammas[i] = i + 0.3f;
        }
        try (var program =
                new Program(Device.CPU, String.join("\n", critic.source(), penalty.source(columns), SLOPES))) {
            float[] direction = normals(critic.size());
            float[] weights = critic.initial(1, new float[0], 1);
            for (int i = 0; i < weights.length; i++) {
                weights[i] += 0.05f * direction[i];
            }
            // When
            float[] slopes = program.differentiate(
                    "slopes",
                    program.array(weights),
                    Program.Input.of(Rows.random(shape, 8, 2), 8),
                    Program.Input.of(new float[] {.1f, .4f, .6f, .9f}, 4),
                    program.array(gammas),
                    program.array(direction));
            // Then
            assertThat(slopes[2]).isPositive();
            assertThat(slopes[0] / slopes[1]).isCloseTo(1, within(1e-5f));
        }
    }

    private static float[] normals(int count) {
        var parameter = new Parameter("", java.util.List.of(count), new Parameter.Normal(1));
        return parameter.initial(3, 0, new float[0], 1);
    }
}
