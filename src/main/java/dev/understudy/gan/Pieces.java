package dev.understudy.gan;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Makes rows a piece at a time, which bounds the memory. A piece for which there is none is halved, and so are all that follow:
 * what is short of memory once is so again. The engine computes very small batches by other means, with other roundings, so the
 * smallest piece is padded; rows do not depend on the size.
 *
 * <p><em>Thread safety</em>: safe.
 */
final class Pieces {

    private static final int LARGEST = 256;
    private static final int SMALLEST = 16;

    private final AtomicInteger most = new AtomicInteger(LARGEST);

    /** Rows of a piece as the engine is to see it. */
    static int padded(int[] piece) {
        return Math.max(SMALLEST, piece.length);
    }

    /**
     * Makes the rows of the given numbers, and puts them in their places.
     *
     * @param rows {@code [any, width]}
     * @param network from the numbers of a piece to its rows, {@code [piece or more, width]}
     * @throws OutOfMemoryException if there is no memory for the smallest piece
     */
    void make(int[] numbers, float[] rows, int width, Function<int[], float[]> network) {
        int from = 0;
        while (from < numbers.length) {
            int[] piece = Arrays.copyOfRange(numbers, from, Math.min(numbers.length, from + most.get()));
            var made = attempt(piece, network);
            for (int i = 0; made.isPresent() && i < piece.length; i++) {
                System.arraycopy(made.get(), i * width, rows, piece[i] * width, width);
            }
            from += made.isPresent() ? piece.length : 0;
        }
    }

    private Optional<float[]> attempt(int[] piece, Function<int[], float[]> network) {
        try {
            return Optional.of(network.apply(piece));
        } catch (OutOfMemoryException e) {
            if (piece.length <= SMALLEST) {
                throw new OutOfMemoryException(
                        "no memory for a batch of " + SMALLEST + " rows, the smallest: " + e.getMessage(), e);
            }
            most.accumulateAndGet(Math.max(SMALLEST, piece.length / 2), Math::min);
            return Optional.empty();
        }
    }
}
