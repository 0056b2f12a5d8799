package dev.understudy.model;

/** A version that cannot be served. */
public final class ModelUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    public ModelUnavailableException(String code, String message) {
        super(message);
        this.code = code;
    }

    public ModelUnavailableException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** {@code unknown-version}, {@code retired-version}, {@code corrupt-weights} or {@code unavailable-weights}. */
    public String code() {
        return code;
    }
}
