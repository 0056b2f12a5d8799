package dev.understudy.sampling;

import dev.understudy.sampling.generate.Models;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for forward passes, first come, first served; what waits is bounded by those who bring it. */
final class ModelThreads implements Models, AutoCloseable {
    private final AtomicInteger count = new AtomicInteger();
    private final ThreadPoolExecutor threads;

    /**
     * @param most passes at a time
     */
    ModelThreads(int most) {
        threads = new ThreadPoolExecutor(
                most,
                most,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> new Thread(work, "model-" + count.incrementAndGet()));
    }

    @Override
    public void execute(Runnable pass) {
        threads.execute(pass);
    }

    @Override
    public int waiting() {
        return threads.getQueue().size();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
