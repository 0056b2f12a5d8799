package dev.understudy.codec;

import java.util.List;

/**
 * What a schema does not say of a field.
 *
 * @param kind how to learn it; {@code AUTO} lets the layout choose
 * @param shape of an image: height, width, channels; else empty
 */
public record Hint(Kind kind, List<Integer> shape) {

    /** How a field may be learned. */
    public enum Kind {
        AUTO,
        OMIT,
        CATEGORY,
        NUMBER,
        TIMESTAMP,
        IMAGE
    }

    public Hint {
        shape = List.copyOf(shape);
    }
}
