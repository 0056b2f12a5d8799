package dev.understudy.demo;

import java.util.List;

/**
 * The pen strokes of the ten digits, as data. A stroke is a path in the notation of SVG (M, L and C with absolute points)
 * on a sheet of 100 x 100, x to the right and y down. A digit that people write in several ways has several glyphs.
 */
final class Glyphs {
    private static final List<List<String>> DIGITS = List.of(
            List.of(
                    "M 50 10 C 22 10 22 90 50 90 C 78 90 78 10 50 10",
                    "M 54 10 C 18 14 20 90 50 90 C 82 88 80 12 46 12"),
            List.of("M 36 28 L 52 10 L 52 90", "M 50 10 L 50 90", "M 36 28 L 52 10 L 52 90 M 34 90 L 70 90"),
            List.of(
                    "M 26 30 C 28 2 74 4 74 32 C 74 52 40 66 25 90 L 76 90",
                    "M 26 26 C 34 4 74 6 72 32 C 70 54 44 74 30 84 C 18 92 30 66 44 82 C 54 92 66 92 78 84"),
            List.of(
                    "M 27 20 C 40 4 74 6 72 28 C 71 44 56 48 44 48 C 58 48 76 52 76 68 C 76 94 36 96 25 78",
                    "M 27 12 L 72 12 L 46 44 C 62 42 76 52 76 68 C 76 94 36 96 25 78"),
            List.of("M 32 10 C 30 30 26 50 26 56 L 76 56 M 64 12 L 62 90", "M 62 90 L 62 10 L 22 62 L 80 62"),
            List.of("M 72 10 L 34 10 L 30 46 C 46 34 76 42 76 66 C 76 94 36 96 25 78"),
            List.of("M 66 12 C 36 22 26 50 27 68 C 28 96 74 96 74 68 C 74 44 38 42 28 66"),
            List.of("M 24 12 L 76 12 L 44 90", "M 24 12 L 76 12 L 44 90 M 38 50 L 70 50"),
            List.of("M 50 48 C 20 40 24 10 50 10 C 76 10 80 40 50 48 C 16 56 20 90 50 90 C 80 90 84 56 50 48"),
            List.of("M 72 34 C 70 4 26 6 27 32 C 28 58 68 58 72 34 C 73 56 70 76 64 90"));

    private Glyphs() {}

    /** The ways to write a digit from 0 to 9, at least one. */
    static List<String> of(int digit) {
        return DIGITS.get(digit);
    }
}
