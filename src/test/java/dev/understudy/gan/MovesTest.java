package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import dev.understudy.noise.Noise;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MovesTest {

    private static final RowShape IMAGE = Shapes.imageOnly();

    /** The gradient of {@code <move(rows), weights>} at the rows. */
    private static final String SLOPE = """
            def slope(self, rows: Tensor, moves: Tensor, weights: Tensor) -> Tensor:
              at = rows.detach().requires_grad_()
              y = torch.sum(torch.mul(self.move(at, moves), weights))
              return unchecked_cast(Tensor, torch.grad([y], [at], None, False, False, False)[0])
            """;

    static List<RowShape> shapes() {
        return List.of(Shapes.mixed(5, 7), Shapes.video(), Shapes.table(), Shapes.names());
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("shapes")
    void zerosLeaveARowAsItIsBitForBit(RowShape shape) {
        // Given six rows, of which the odd ones are moved
        float[] rows = Rows.random(shape, 6, 1);
        float[] moves = drawn(shape, 6);
        int width = new Moves(shape, 0).width();
        for (int row = 0; row < 6; row += 2) {
            Arrays.fill(moves, row * width, (row + 1) * width, 0);
        }
        // When
        float[] moved = move(shape, rows, moves, 6);
        // Then
        for (int row = 0; row < 6; row++) {
            boolean same = row % 2 == 0 || !new Moves(shape, 0).any() || missing(shape, rows, row);
            if (same && row % 2 == 0) {
                assertThat(row(shape, moved, row)).isEqualTo(row(shape, rows, row));
            } else if (!same) {
                assertThat(row(shape, moved, row)).isNotEqualTo(row(shape, rows, row));
            }
        }
        assertThat(move(shape, rows, new float[6 * width], 6)).isEqualTo(rows);
    }

    private static boolean missing(RowShape shape, float[] rows, int row) {
        return Arrays.equals(
                new float[3], Arrays.copyOfRange(rows, (row + 1) * shape.width() - 3, (row + 1) * shape.width()));
    }

    @Test
    void nothingButImagesMoves() {
        var shape = Shapes.mixed(5, 7);
        float[] rows = Rows.random(shape, 4, 2);
        float[] moved = move(shape, rows, drawn(shape, 4), 4);
        for (int row = 0; row < 4; row++) {
            assertThat(Arrays.copyOf(row(shape, moved, row), 3)).isEqualTo(Arrays.copyOf(row(shape, rows, row), 3));
        }
    }

    @Test
    void shiftsByWholePixelsAndFillsWithGrey() {
        float[] rows = Rows.random(IMAGE, 1, 3);
        // One pixel down, two to the left, of a side of eight
        float[] moved = move(IMAGE, rows, new float[] {.125f, -.25f, 0, 0, 0, 0}, 1);
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                float expected = y < 1 || x > 5 ? 0 : rows[(y - 1) * 8 + x + 2];
                assertThat(moved[y * 8 + x]).isEqualTo(expected);
            }
        }
    }

    @Test
    void cutsASquareOutOfWhatIsLit() {
        float[] rows = Rows.random(IMAGE, 1, 4);
        float[] moved = move(IMAGE, rows, new float[] {0, 0, .5f, .25f, .25f, -.5f}, 1);
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                boolean cut = y >= 2 && y < 6 && x < 4;
                float expected = cut ? 0 : .5f * rows[y * 8 + x] + .25f;
                assertThat(moved[y * 8 + x]).isCloseTo(expected, within(1e-6f));
            }
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("shapes")
    void gradientsAreThoseOfFiniteDifferences(RowShape shape) {
        // Given
        float[] rows = Rows.random(shape, 3, 5);
        float[] weights = Rows.random(shape, 3, 6);
        float[] direction = Rows.random(shape, 3, 7);
        float[] moves = drawn(shape, 3);
        // When
        float[] slope;
        try (var program = new Program(Device.CPU, new Moves(shape, 0).source() + SLOPE)) {
            slope = program.differentiate(
                    "slope", Program.Input.of(rows, 3), Program.Input.of(moves, 3), Program.Input.of(weights, 3));
        }
        // Then the moves being affine, a whole step is as good as a small one
        float[] there = rows.clone();
        for (int i = 0; i < there.length; i++) {
            there[i] += direction[i];
        }
        double change = dot(move(shape, there, moves, 3), weights) - dot(move(shape, rows, moves, 3), weights);
        assertThat(dot(slope, direction)).isCloseTo(change, within(1e-3));
    }

    @Test
    void swapsFieldsForThoseOfOtherRealRowsAndLeavesTheRest() {
        // Given real and made rows of a table, and swaps of a quarter of the fields
        var shape = Shapes.table();
        int count = 400;
        float[] real = Rows.random(shape, count, 1);
        float[] made = Rows.random(shape, count, 2);
        var moves = new Moves(shape, .25);
        float[] numbers = new float[count * moves.width()];
        for (int row = 0; row < count; row++) {
            moves.swap(Noise.draws(9, row), real, numbers, row);
        }
        // When
        float[] moved;
        try (var program = new Program(Device.CPU, moves.source())) {
            moved = program.run("move", Program.Input.of(made, count), Program.Input.of(numbers, count));
        }
        // Then each field is its own, or a real one as a whole
        int swapped = 0;
        for (int row = 0; row < count; row++) {
            for (int field = 0; field < shape.fields(); field++) {
                float[] now = field(shape, moved, row, field);
                if (!Arrays.equals(now, field(shape, made, row, field))) {
                    int of = field;
                    assertThat(IntStream.range(0, count)).anyMatch(i -> Arrays.equals(now, field(shape, real, i, of)));
                    swapped++;
                }
            }
        }
        // Some are swapped for the same
        assertThat((double) swapped / count / shape.fields()).isBetween(.1, .28);
    }

    private static float[] field(RowShape shape, float[] rows, int row, int field) {
        return field(rows, row * shape.width(), shape.spans().get(field));
    }

    private static float[] field(float[] rows, int start, Span span) {
        float[] floats = Arrays.copyOf(
                Arrays.copyOfRange(rows, start + span.choiceOffset(), start + span.choiceOffset() + span.choices()),
                span.choices() + span.value().width());
        System.arraycopy(
                rows,
                start + span.valueOffset(),
                floats,
                span.choices(),
                span.value().width());
        return floats;
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    private static float[] move(RowShape shape, float[] rows, float[] moves, int count) {
        try (var program = new Program(Device.CPU, new Moves(shape, 0).source())) {
            return program.run("move", Program.Input.of(rows, count), Program.Input.of(moves, count));
        }
    }

    private static float[] drawn(RowShape shape, int count) {
        var moves = new Moves(shape, 0);
        float[] numbers = new float[count * moves.width()];
        for (int row = 0; row < count; row++) {
            moves.draw(Noise.draws(9, row), 1, numbers, row);
        }
        return numbers;
    }

    private static float[] row(RowShape shape, float[] rows, int row) {
        return Arrays.copyOfRange(rows, row * shape.width(), (row + 1) * shape.width());
    }
}
