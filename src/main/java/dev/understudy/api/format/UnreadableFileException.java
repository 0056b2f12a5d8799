package dev.understudy.api.format;

import java.io.IOException;

/** A file that is not what it is said to be, from some point on. The message tells a requester what to do. */
public final class UnreadableFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String code;

    public UnreadableFileException(String code, String message) {
        super(message);
        this.code = code;
    }

    public UnreadableFileException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Stable, lower case with hyphens. */
    public String code() {
        return code;
    }
}
