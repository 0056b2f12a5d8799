package dev.understudy.gan;

import com.sun.jna.Function;

/**
 * Lets the C library keep the memory that a step frees for the step that follows. By default glibc returns large blocks to the
 * system at once, and the next step pays a page fault for each of their pages: a fifteenth of its time.
 *
 * <p><em>Source</em>: mallopt(3). What is kept in excess of what is in use is bounded by {@link #KEPT_BYTES}.
 */
final class Allocator {

    private static final int TRIM_THRESHOLD = -1;
    private static final int MMAP_THRESHOLD = -3;
    private static final int KEPT_BYTES = 256 << 20;

    /** Above this a block is the system's as before. */
    private static final int LARGEST_BLOCK_BYTES = 32 << 20;

    private Allocator() {}

    /** To be called once, before the engine allocates. Settings in the environment stay; other C libraries have no such call. */
    static void keepFreedMemory() {
        if (System.getenv("MALLOC_TRIM_THRESHOLD_") != null || System.getenv("MALLOC_MMAP_THRESHOLD_") != null) {
            return;
        }
        try {
            var mallopt = Function.getFunction("c", "mallopt");
            mallopt.invokeInt(new Object[] {MMAP_THRESHOLD, LARGEST_BLOCK_BYTES});
            mallopt.invokeInt(new Object[] {TRIM_THRESHOLD, KEPT_BYTES});
        } catch (UnsatisfiedLinkError e) {
            // macOS and musl allocate by other rules.
            return;
        }
    }
}
