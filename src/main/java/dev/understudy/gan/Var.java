package dev.understudy.gan;

import java.util.List;

/**
 * A variable of a {@link Script}.
 *
 * @param name its name in the script
 * @param shape its shape without the batch: {@code [features]} or {@code [channels, height, width]}
 */
record Var(String name, List<Integer> shape) {

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
