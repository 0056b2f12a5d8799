package dev.understudy.gan;

/** A loss was not finite: the round is over and its weights are void. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DivergedException(String message) {
        super(message);
    }
}
