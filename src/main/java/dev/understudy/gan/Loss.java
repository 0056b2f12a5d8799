package dev.understudy.gan;

/**
 * Losses of the two networks for each pair of a real and a generated row, as expressions over the critic's scores
 * {@code real} and {@code fake}, both {@code [batch, 1]}. Both networks minimise theirs.
 */
interface Loss {

    /** The critic's loss, {@code [batch, 1]}. */
    String critic();

    /** The generator's loss, {@code [batch, 1]}. */
    String generator();
}
