package dev.understudy.gan;

import ai.djl.engine.EngineException;
import java.util.Locale;
import java.util.stream.Stream;

/** A device has no memory for so many rows at once. What was asked for is freed; fewer may do. */
public final class OutOfMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfMemoryException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether the engine says so. It has one exception for all that fails, and words for this: of its CUDA allocator and CUDA
     * itself, of its CPU allocator, of its libraries for CUDA and of C++.
     */
    static boolean causes(EngineException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return Stream.of("out of memory", "can't allocate memory", "_alloc_failed", "bad_alloc", "out_of_memory")
                .anyMatch(message::contains);
    }
}
