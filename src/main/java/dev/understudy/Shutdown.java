package dev.understudy;

import java.util.Deque;
import org.jboss.logging.Logger;

/** Closes parts in the opposite order of their opening, each whatever became of the others. */
final class Shutdown {
    private static final Logger LOG = Logger.getLogger(Shutdown.class);

    private Shutdown() {}

    /** Closes the parts from the last pushed to the first. */
    static void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warnf(e, "Not closed cleanly: part=%s", part.getClass().getSimpleName());
            }
        }
    }
}
