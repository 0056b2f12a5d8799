package dev.understudy.sampling.generate;

import java.util.concurrent.Executor;

/** Runs the forward passes of all partitions of a process. <em>Thread safety</em>: safe. */
@FunctionalInterface
public interface Models extends Executor {

    /** Passes that wait for a thread; none where whoever brings a pass runs it. */
    default int waiting() {
        return 0;
    }
}
