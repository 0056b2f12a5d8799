package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.codec.MadeRows;
import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.util.List;
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

    @Test
    void roundsPixelsToBytes() {
        var same = """
                def same(self, x: Tensor) -> Tensor:
                  return x
                """;
        float[] pixels = {
            -7, -1, -0.9961f, -0.996f, 0, 0.0001f, 0.9960f, 0.9961f, 1, 7, Float.NaN, Float.NEGATIVE_INFINITY
        };
        var span = new Span("image", 0, 0, 1, new Span.Image(3, 4, 1));
        var shape = new RowShape(List.of(span), 0, 1, 13, List.of());
        float[] row = new float[13];
        row[0] = 0.5f;
        System.arraycopy(pixels, 0, row, 1, pixels.length);
        try (var program = Program.serving(Device.CPU, same)) {
            // When
            var made = program.run(MadeRows.of(shape, List.of(span), 1), "same", Program.Input.of(row, 1));
            // Then
            assertThat(made.numbers()).containsExactly(0.5f);
            assertThat(made.levels().get(0)).containsExactly(0, 0, 0, 1, 128, 128, 254, 255, 255, 255, 0, 0);
        }
    }
}
