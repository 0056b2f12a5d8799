package dev.understudy.codec;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sides that a kind of field may have.
 *
 * @param noun what the field is, as in "an image wants"
 * @param sides in the order of the shape
 * @param wants the sides and their limits in words
 */
record HintShape(String noun, List<Side> sides, String wants) {

    /** One side: a length from {@code least} to {@code most}. */
    record Side(int least, int most) {}

    /** Colours: 1 or 3. */
    private static final Side CHANNELS = new Side(1, 3);

    private static final Map<Hint.Kind, HintShape> KINDS = Map.of(
            Hint.Kind.IMAGE,
            new HintShape(
                    "an image",
                    List.of(new Side(4, 128), new Side(4, 128), CHANNELS),
                    "[height, width, channels] with sides from 4 to 128 and 1 or 3 channels"),
            Hint.Kind.VIDEO,
            new HintShape(
                    "a video",
                    List.of(new Side(2, 16), new Side(4, 64), new Side(4, 64), CHANNELS),
                    "[frames, height, width, channels] with 2 to 16 frames, sides from 4 to 64 and 1 or 3 channels"),
            Hint.Kind.SERIES,
            new HintShape(
                    "a series",
                    List.of(new Side(2, 1024), new Side(1, 64)),
                    "[steps, channels] with 2 to 1024 steps and 1 to 64 channels"));

    /** What a kind wants; null if it has no shape. */
    static HintShape of(Hint.Kind kind) {
        return KINDS.get(kind);
    }

    /** What a field with a shape is that nothing else was said of. */
    static Hint.Kind guess(List<Integer> shape) {
        return shape.size() == 4 ? Hint.Kind.VIDEO : Hint.Kind.IMAGE;
    }

    /** The shape with its one channel, if that was left out. */
    List<Integer> full(List<Integer> shape) {
        return shape.size() == sides.size() - 1
                ? Stream.concat(shape.stream(), Stream.of(1)).toList()
                : shape;
    }

    /** Whether a full shape lies within the limits. */
    boolean admits(List<Integer> shape) {
        return shape.size() == sides.size()
                && IntStream.range(0, shape.size()).allMatch(i -> admits(sides.get(i), shape.get(i)));
    }

    private static boolean admits(Side side, int length) {
        return length >= side.least() && length <= side.most() && !(side.equals(CHANNELS) && length == 2);
    }
}
