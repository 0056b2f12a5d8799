package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdamTest {

    private static final double RATE = 0.01;
    private static final double BETA_1 = 0.5;
    private static final double BETA_2 = 0.99;

    private static final String STEP = TrainingScript.ADAM + """
                    def move(self, w: Tensor, gradient: Tensor, mean: Tensor, square: Tensor, h: Tensor) -> Tensor:
                      norm = self.adam(w, gradient, mean, square, h)
                      return torch.cat([w, torch.unsqueeze(norm, 0)])
                    """;

    @Test
    void equalsTheAlgorithmOfThePaperWithItsGradientClipped() {
        try (var program = new Program(Device.CPU, STEP)) {
            var w = program.array(new float[] {1, -2});
            var mean = program.array(new float[2]);
            var square = program.array(new float[2]);
            var reference = new double[][] {{1, 0, 0}, {-2, 0, 0}};
            for (int step = 1; step <= 6; step++) {
                // Given a gradient of norm 5, then 10, ..., and a limit of 20
                float[] gradient = {3f * step, -4f * step};
                double scale = Math.max(1, 5.0 * step / 20);
                // When
                float[] moved = program.differentiate(
                        "move", w, program.array(gradient), mean, square, program.array(numbers(step)));
                // Then
                for (int i = 0; i < 2; i++) {
                    paper(reference[i], gradient[i] / scale, step);
                    assertThat((double) moved[i]).isCloseTo(reference[i][0], within(2e-6));
                }
                assertThat(moved[2]).isEqualTo(5f * step);
            }
        }
    }

    private static float[] numbers(int step) {
        return new float[] {step, (float) RATE, 20, (float) BETA_1, (float) BETA_2, 0};
    }

    /** Algorithm 1 of arXiv 1412.6980 on (weight, first moment, second moment). */
    private static void paper(double[] state, double gradient, int step) {
        state[1] = BETA_1 * state[1] + (1 - BETA_1) * gradient;
        state[2] = BETA_2 * state[2] + (1 - BETA_2) * gradient * gradient;
        double mean = state[1] / (1 - Math.pow(BETA_1, step));
        double square = state[2] / (1 - Math.pow(BETA_2, step));
        state[0] -= RATE * mean / (Math.sqrt(square) + 1e-8);
    }
}
