package dev.understudy.gan;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;

/**
 * Into how many parts the batch of a step is cut, and who computes them beside the calling thread. Sums are taken in the order
 * of the parts, so a step is a function of their number and not of the threads.
 *
 * @param count parts, at least 1
 * @param helpers runs all parts but the first, on platform threads; should be {@code count - 1} of them
 */
public record Shards(int count, Executor helpers) {

    /** The whole batch at once, on the calling thread. */
    public static final Shards WHOLE = new Shards(1, Runnable::run);

    public Shards {
        Range.check("shards", count, 1, 64);
    }

    /** The same helpers for a batch of so few rows. */
    Shards atMost(int rows) {
        return count <= rows ? this : new Shards(rows, helpers);
    }

    /** First row of a part; that of {@code part + 1} is the end of it. */
    int from(int part, int rows) {
        return (int) ((long) part * rows / count);
    }

    /** Results of all parts in order, when all have ended. */
    <T> List<T> each(IntFunction<T> work) {
        var parts = new ArrayList<CompletableFuture<T>>();
        for (int i = 1; i < count; i++) {
            int part = i;
            parts.add(CompletableFuture.supplyAsync(() -> work.apply(part), helpers));
        }
        parts.add(0, CompletableFuture.supplyAsync(() -> work.apply(0), Runnable::run));
        try {
            CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        return parts.stream().map(CompletableFuture::join).toList();
    }
}
