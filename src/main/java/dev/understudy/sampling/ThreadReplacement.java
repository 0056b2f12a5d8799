package dev.understudy.sampling;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

/**
 * Replaces a stream thread that died, but not for ever: what keeps killing threads is not cured by another one.
 * <em>Thread safety</em>: share freely.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = Logger.getLogger(ThreadReplacement.class);
    private static final int MOST = 5;
    private static final Duration WITHIN = Duration.ofMinutes(5);

    private final Deque<Long> deaths = new ArrayDeque<>();
    private String last;

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable cause) {
        long now = System.nanoTime();
        deaths.addLast(now);
        while (now - deaths.peekFirst() > WITHIN.toNanos()) {
            deaths.removeFirst();
        }
        last = cause.toString();
        boolean again = deaths.size() <= MOST;
        LOG.errorf(cause, "A stream thread died; %s. deaths=%d", again ? "replacing it" : "giving up", deaths.size());
        return again
                ? StreamThreadExceptionResponse.REPLACE_THREAD
                : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** What killed the last thread that died. */
    synchronized Optional<String> last() {
        return Optional.ofNullable(last);
    }
}
