package dev.understudy.codec;

import java.util.List;

/**
 * What a schema does not say of a field.
 *
 * @param kind how to learn it; {@code AUTO} lets the layout choose
 * @param shape of an image: height, width, channels; of a video: frames before them; of a series: steps, channels; else empty
 * @param frame places of a string that belong together: 3 for coding sequences, else 1
 */
public record Hint(Kind kind, List<Integer> shape, int frame) {

    /** How a field may be learned. */
    public enum Kind {
        AUTO,
        OMIT,
        CATEGORY,
        NUMBER,
        TIMESTAMP,
        IMAGE,
        VIDEO,
        TEXT,
        DNA,
        SERIES
    }

    public Hint {
        shape = List.copyOf(shape);
    }

    public Hint(Kind kind, List<Integer> shape) {
        this(kind, shape, 1);
    }
}
