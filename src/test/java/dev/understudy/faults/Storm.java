package dev.understudy.faults;

import dev.understudy.PackagedApplication;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A replica that joins, stays for seconds and leaves, again and again, on a thread of its own from when it is made. */
final class Storm {
    private static final Executor THREADS = task -> new Thread(task, "storm").start();

    private final PackagedApplication replica;
    private final Random random;
    private final long end;
    private final CompletableFuture<Long> joins;

    Storm(PackagedApplication replica, long seed, int seconds) {
        this.replica = replica;
        random = new Random(seed);
        end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        joins = CompletableFuture.supplyAsync(this::rage, THREADS);
    }

    private long rage() {
        long count = 0;
        try {
            for (; System.nanoTime() < end; count++) {
                replica.start();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(4_000));
                if (random.nextBoolean()) {
                    replica.kill();
                } else {
                    replica.close();
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("a replica could not join or leave", e);
        }
        return count;
    }

    /** Waits for the end; how often it joined. */
    long joins() {
        return joins.join();
    }
}
