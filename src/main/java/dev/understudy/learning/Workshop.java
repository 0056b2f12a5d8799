package dev.understudy.learning;

import dev.understudy.model.ModelCatalog;
import dev.understudy.model.ModelStore;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What all learners of a process share.
 *
 * @param clock for pauses and time stamps; nothing that is learned depends on it
 * @param cpuNanos CPU time of the calling thread
 */
record Workshop(
        LearningSettings settings,
        ModelStore store,
        ModelCatalog catalog,
        Outlet outlet,
        InstantSource clock,
        LongSupplier cpuNanos) {}
