package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.EngineException;
import dev.understudy.gan.Program.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Memory is short for real here: more than any address space holds is asked for, which the engine's allocator refuses at once. */
class PiecesTest {

    /** Doubles rows, and needs 2^48 bytes for it if there are more of them than {@code MOST}. */
    private static final String HUNGRY = """
            def rows(self, x: Tensor) -> Tensor:
              if torch.gt(torch.size(x, 0), MOST):
                x = torch.add(x, torch.sum(torch.zeros([70368744177664], dtype=6, layout=None, device=x.device, pin_memory=False)))
              return torch.mul(x, 2.)
            """;

    private static final String MISTAKEN = """
            def rows(self, x: Tensor) -> Tensor:
              return torch.reshape(x, [7, 7, 7])
            """;

    private Pieces pieces = new Pieces(false);
    private final List<Integer> tried = new ArrayList<>();

    @Test
    void halvesUntilItFitsAndStaysThere() {
        try (var program = hungry(40)) {
            // When
            assertThat(doubled(program, 300)).isEqualTo(expected(300));
            assertThat(doubled(program, 50)).isEqualTo(expected(50));
        }
        // Then
        assertThat(tried).containsExactly(256, 128, 64, 32, 32, 32, 32, 32, 32, 32, 32, 32, 12, 32, 18);
    }

    @Test
    void whatMustBeAlikeIsPaddedToOneSizeAndThatIsHalved() {
        pieces = new Pieces(true);
        try (var program = hungry(100)) {
            assertThat(doubled(program, 70)).isEqualTo(expected(70));
            assertThat(doubled(program, 20)).isEqualTo(expected(20));
        }
        // 256 and 128 do not fit, however few of them are rows
        assertThat(tried).containsExactly(70, 70, 64, 6, 20);
    }

    @Test
    void failsWhereTheSmallestDoesNotFit() {
        try (var program = hungry(15)) {
            assertThatThrownBy(() -> doubled(program, 100))
                    .isInstanceOf(OutOfMemoryException.class)
                    .hasMessage(
                            "no memory for a batch of 16 rows, the smallest: device cpu is out of memory in 'rows'");
        }
        assertThat(tried).containsExactly(100, 50, 25, 16);
    }

    @Test
    void otherFailuresAreNotMendedBySmallerPieces() {
        try (var program = new Program(Device.CPU, MISTAKEN)) {
            assertThatThrownBy(() -> doubled(program, 100))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("shape '[7, 7, 7]' is invalid");
        }
        assertThat(tried).containsExactly(100);
    }

    @Test
    void whatWasAskedForIsFreeAgain() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/statm")), "resident size is read from /proc");
        int width = 4096;
        float[] numbers = new float[256 * width];
        try (var program = hungry(15)) {
            long before = residentPages();
            for (int i = 0; i < 300; i++) {
                assertThatThrownBy(() -> program.run("rows", Input.of(numbers, 256)))
                        .isInstanceOf(OutOfMemoryException.class);
            }
            // Then: inputs that stay would be 300 times 1,024 pages.
            assertThat(residentPages() - before).isLessThan(100_000);
        }
    }

    private static long residentPages() throws IOException {
        try (var numbers = new Scanner(Path.of("/proc/self/statm"), StandardCharsets.US_ASCII)) {
            numbers.nextLong();
            return numbers.nextLong();
        }
    }

    private static Program hungry(int most) {
        return new Program(Device.CPU, HUNGRY.replace("MOST", Integer.toString(most)));
    }

    /** Rows of two: their number, and a half more. */
    private float[] doubled(Program program, int count) {
        float[] numbers = new float[2 * count];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i / 2f;
        }
        float[] rows = new float[numbers.length];
        pieces.make(
                IntStream.range(0, count).toArray(),
                (piece, padded) -> {
                    tried.add(piece.length);
                    return program.run("rows", new Input(numbers, piece, padded, 2));
                },
                (piece, made) -> System.arraycopy(made, 0, rows, 2 * piece[0], 2 * piece.length));
        return rows;
    }

    private static float[] expected(int count) {
        float[] rows = new float[2 * count];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        return rows;
    }
}
