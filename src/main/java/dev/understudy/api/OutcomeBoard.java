package dev.understudy.api;

import dev.understudy.wire.RequestOutcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The latest outcome of each of the most recent requests, at most {@value #LIMIT}.
 *
 * <p><em>Thread safety</em>: safe; one thread posts, any number wait.
 */
public final class OutcomeBoard {
    static final int LIMIT = 100_000;

    private final Map<String, RequestOutcome> outcomes = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RequestOutcome> eldest) {
            return size() > LIMIT;
        }
    };

    /** Takes an outcome as it was read from the topic; null forgets the request. */
    public synchronized void post(String request, RequestOutcome outcome) {
        outcomes.remove(request);
        if (outcome != null) {
            outcomes.put(request, outcome);
        }
        notifyAll();
    }

    /** The latest outcome of a request, if there is one. */
    synchronized Optional<RequestOutcome> outcome(String request) {
        return Optional.ofNullable(outcomes.get(request));
    }

    /** Waits until a request has an outcome, or time is up. */
    synchronized Optional<RequestOutcome> await(String request, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!outcomes.containsKey(request)) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                break;
            }
            wait(millis);
        }
        return outcome(request);
    }
}
