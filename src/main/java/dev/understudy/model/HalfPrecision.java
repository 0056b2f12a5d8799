package dev.understudy.model;

import dev.understudy.gan.Difference;
import java.util.Optional;
import java.util.function.Consumer;

/** Puts a version into half precision where that leaves its samples nearly as they are. */
public final class HalfPrecision {
    private HalfPrecision() {}

    /**
     * The version in half precision; as it was if samples would be too different, which is told in a sentence.
     *
     * <p><em>Ownership</em>: takes over the version given; the caller closes the one returned.
     */
    public static LoadedModel of(LoadedModel single, Consumer<String> told) {
        try {
            Optional<LoadedModel> half = half(single, told);
            half.ifPresent(served -> single.close());
            return half.orElse(single);
        } catch (RuntimeException e) {
            single.close();
            throw e;
        }
    }

    private static Optional<LoadedModel> half(LoadedModel single, Consumer<String> told) {
        LoadedModel half = new LoadedModel(
                single.model(),
                single.version(),
                single.codec(),
                single.generator().halved());
        boolean serves = false;
        try {
            Difference difference = Difference.between(single.generator(), half.generator());
            serves = difference.slight();
            if (!serves) {
                told.accept("Half precision would change samples too much, single precision serves:"
                        + " model=%s version=%d choices=%.4f values=%.4f"
                                .formatted(
                                        single.model(), single.version(), difference.choices(), difference.values()));
            }
            return serves ? Optional.of(half) : Optional.empty();
        } finally {
            if (!serves) {
                half.close();
            }
        }
    }
}
