package dev.understudy.model;

import dev.understudy.gan.Difference;
import dev.understudy.gan.Generator;
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
        Generator half = single.generator().halved();
        Difference difference = Difference.between(single.generator(), half);
        if (difference.slight()) {
            single.close();
            return new LoadedModel(single.model(), single.version(), single.codec(), half);
        }
        half.close();
        told.accept(
                "Half precision changes samples too much, single precision serves: model=%s version=%d choices=%.4f values=%.4f"
                        .formatted(single.model(), single.version(), difference.choices(), difference.values()));
        return single;
    }
}
