package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgramTest {

    @Test
    void differentiatesTwice() {
        // Given y = x^3, so that the gradient of (dy/dx)^2 is 36 x^3
        var twice = """
                def twice(self, x: Tensor) -> Tensor:
                  a = x.detach().requires_grad_()
                  y = torch.sum(a * a * a)
                  g = unchecked_cast(Tensor, torch.grad([y], [a], None, True, True, False)[0])
                  z = torch.sum(g * g)
                  return unchecked_cast(Tensor, torch.grad([z], [a], None, False, False, False)[0])
                """;
        try (var program = new Program(Device.CPU, twice)) {
            // Then
            assertThat(program.differentiate("twice", program.array(new float[] {1, 2})))
                    .containsExactly(36, 288);
        }
    }
}
