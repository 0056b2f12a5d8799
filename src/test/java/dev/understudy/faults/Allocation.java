package dev.understudy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** What the current thread allocates while a case runs: a length that lies must not be believed. */
public final class Allocation {
    /** Bytes for whatever the input; libraries have buffers of megabytes. */
    private static final long FREE = 32L << 20;

    /** Bytes for each byte of input: a node of JSON for every letter. */
    private static final long PER_BYTE = 1_000;

    /** Bytes for each byte of output: records pass through many hands in the driver of the tests. */
    private static final long PER_BYTE_WRITTEN = 100;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Something to run. */
    @FunctionalInterface
    public interface Case {
        void run() throws Exception;
    }

    /** Runs a case, and fails if it allocates more than so much input justifies. */
    public static void justifiedBy(int inputBytes, Case one) throws Exception {
        justifiedBy(inputBytes, () -> 0, one);
    }

    /**
     * The same, for what may rightly ask for much more than it is long.
     *
     * @param written bytes that were written as answers so far
     */
    public static void justifiedBy(int inputBytes, LongSupplier written, Case one) throws Exception {
        long writtenBefore = written.getAsLong();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        one.run();
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        long outputBytes = written.getAsLong() - writtenBefore;
        assertThat(allocated)
                .as("bytes allocated for an input of " + inputBytes + " and an output of " + outputBytes)
                .isLessThan(FREE + PER_BYTE * inputBytes + PER_BYTE_WRITTEN * outputBytes);
    }
}
