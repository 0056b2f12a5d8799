package dev.understudy.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Milliseconds from asking for a sample to seeing it committed, ascending. */
record Latencies(List<Double> millis) {

    /** Asks ten times a second on average, not in step with any commit. */
    static Latencies measure(String name, int requests, Consumer<String> ask, Subscriber subscriber)
            throws InterruptedException {
        Random pauses = new Random(7);
        Map<String, Long> asked = new HashMap<>();
        for (int i = 0; i < requests; i++) {
            String id = "one-" + name + "-" + i;
            asked.put(id, System.nanoTime());
            ask.accept(id);
            Thread.sleep(50 + pauses.nextInt(100));
        }
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!subscriber.seenAt().keySet().containsAll(asked.keySet()) && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        List<Double> millis = new ArrayList<>();
        asked.forEach((id, at) -> millis.add((subscriber.seenAt().get(id) - at) / 1e6));
        Collections.sort(millis);
        return new Latencies(millis);
    }

    double quantile(double share) {
        return millis.get((int) Math.min(millis.size() - 1L, Math.round(share * millis.size())));
    }
}
