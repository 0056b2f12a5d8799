package dev.understudy.model;

/** A stored file is not what it was when it was stored. */
public final class CorruptFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CorruptFileException(String message) {
        super(message);
    }

    public CorruptFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
