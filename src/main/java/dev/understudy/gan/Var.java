package dev.understudy.gan;

import java.util.List;

/**
 * A variable of a {@link Script}.
 *
 * @param name its name in the script
 * @param shape its shape without the batch: {@code [features]} or {@code [channels, height, width]}
 * @param features what its features mean; none where training gives them their meaning
 */
record Var(String name, List<Integer> shape, List<Feature> features) {

    Var {
        if (!features.isEmpty() && !shape.equals(List.of(features.size()))) {
            throw new IllegalStateException(
                    name + " has shape " + shape + ", but " + features.size() + " features have a meaning");
        }
    }

    Var(String name, List<Integer> shape) {
        this(name, shape, List.of());
    }

    /** The same, with a meaning for each feature. */
    Var meaning(List<Feature> meanings) {
        return new Var(name, shape, meanings);
    }

    /** Features of a flat variable. */
    int width() {
        return axis(0, 1);
    }

    int channels() {
        return axis(0, 3);
    }

    int height() {
        return axis(1, 3);
    }

    int columns() {
        return axis(2, 3);
    }

    /** Floats of one row of the batch. */
    int size() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    private int axis(int axis, int dimensions) {
        if (shape.size() != dimensions) {
            throw new IllegalStateException(name + " has shape " + shape + ", expected " + dimensions + " dimensions");
        }
        return shape.get(axis);
    }

    @Override
    public String toString() {
        return name;
    }
}
