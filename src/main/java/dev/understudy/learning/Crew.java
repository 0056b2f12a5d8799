package dev.understudy.learning;

import dev.understudy.gan.Shards;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The thread that computes for a model, and those that help it with the steps of training: they start when there is work, and
 * end when there is none for a while.
 *
 * <p><em>Thread safety</em>: one owner; its threads are its own. <em>Ownership</em>: {@link #close} ends them.
 */
final class Crew implements AutoCloseable {
    private static final int IDLE_SECONDS = 10;

    private final int cores;
    private final LongSupplier threadNanos;
    private final ThreadPoolExecutor helpers;
    private final LongAdder helpersNanos = new LongAdder();

    /**
     * @param model for which it works
     * @param cores threads that may compute at once, the owner's among them, at least 1
     * @param threadNanos CPU time of the calling thread
     */
    Crew(String model, int cores, LongSupplier threadNanos) {
        this.cores = cores;
        this.threadNanos = threadNanos;
        int others = Math.max(1, cores - 1);
        this.helpers = new ThreadPoolExecutor(
                others, others, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads(model));
        helpers.allowCoreThreadTimeOut(true);
    }

    private static ThreadFactory threads(String model) {
        var number = new AtomicInteger();
        return work -> new Thread(work, "learning-helper-" + model + "-" + number.incrementAndGet());
    }

    /** How steps are shared among them. */
    Shards shards() {
        return new Shards(cores, work -> helpers.execute(() -> measured(work)));
    }

    private void measured(Runnable work) {
        long before = threadNanos.getAsLong();
        try {
            work.run();
        } finally {
            helpersNanos.add(threadNanos.getAsLong() - before);
        }
    }

    /** CPU time of the helpers since this was last asked: what ends a moment after its step is told the next time. */
    long takeNanos() {
        return helpersNanos.sumThenReset();
    }

    @Override
    public void close() {
        helpers.shutdown();
    }
}
