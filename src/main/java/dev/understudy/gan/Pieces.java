package dev.understudy.gan;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Makes rows a piece at a time, which bounds the memory. A piece for which there is none is halved, and so are all that follow:
 * what is short of memory once is so again. The engine computes batches of other sizes by other means, with other roundings:
 * in single precision very small ones, which are padded, and in half precision any, so that there all are padded to one
 * size.
 *
 * <p><em>Thread safety</em>: safe.
 */
final class Pieces {

    private static final int LARGEST = 256;
    private static final int SMALLEST = 16;

    private final boolean alike;
    private final AtomicInteger most = new AtomicInteger(LARGEST);

    /** Makes the rows of a piece. */
    interface Network<T> {

        /**
         * @param piece numbers of the rows
         * @param padded rows as the engine is to see them, as many or more
         * @return those of the piece, and maybe others behind them
         */
        T rows(int[] piece, int padded);
    }

    /**
     * @param alike whether all pieces are padded to one size
     */
    Pieces(boolean alike) {
        this.alike = alike;
    }

    /**
     * Makes the rows of the given numbers.
     *
     * @param places takes a piece, and what was made for it
     * @throws OutOfMemoryException if there is no memory for the smallest piece
     */
    <T> void make(int[] numbers, Network<T> network, BiConsumer<int[], T> places) {
        int from = 0;
        while (from < numbers.length) {
            int[] piece = Arrays.copyOfRange(numbers, from, Math.min(numbers.length, from + most.get()));
            var made = attempt(piece, network);
            made.ifPresent(rows -> places.accept(piece, rows));
            from += made.isPresent() ? piece.length : 0;
        }
    }

    private <T> Optional<T> attempt(int[] piece, Network<T> network) {
        int padded = Math.max(alike ? most.get() : SMALLEST, piece.length);
        try {
            return Optional.of(network.rows(piece, padded));
        } catch (OutOfMemoryException e) {
            if (padded <= SMALLEST) {
                throw new OutOfMemoryException(
                        "no memory for a batch of " + SMALLEST + " rows, the smallest: " + e.getMessage(), e);
            }
            most.accumulateAndGet(Math.max(SMALLEST, padded / 2), Math::min);
            return Optional.empty();
        }
    }
}
