package dev.understudy;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;

/** Starts the roles that this process has, and stops them. */
@Singleton
public class Roles {
    private final Deque<AutoCloseable> roles = new ArrayDeque<>();
    private final Foundation foundation;

    Roles(Foundation foundation) {
        this.foundation = foundation;
    }

    void start(@Observes StartupEvent event) {
        foundation.problems();
    }

    void stop(@Observes ShutdownEvent event) {
        Shutdown.closeAll(roles);
    }
}
