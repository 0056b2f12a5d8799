package dev.understudy.codec;

import java.util.List;

/**
 * Rows that are to be read as records and nothing else: pixels that are bytes there are bytes already, a quarter of what they are as
 * floats.
 *
 * @param numbers {@code [batch, columns]}, the rows up to where nothing but such pixels follows
 * @param columns see there
 * @param pixels those of each span whose pixels are bytes, in the order in which they were asked for
 */
public record MadeRows(float[] numbers, int columns, List<Pixels> pixels) {

    /**
     * The pixels of one span of all rows.
     *
     * @param levels {@code [batch, width of the span's value]}, 0 for -1 and 255 for 1
     */
    public record Pixels(Span span, byte[] levels) {
        private int width() {
            return span.value().width();
        }
    }

    /** All of some rows {@code [batch, columns]} as floats. */
    static MadeRows of(float[] rows, int columns) {
        return new MadeRows(rows, columns, List.of());
    }

    /**
     * Room for rows.
     *
     * @param bytes the spans whose pixels are bytes
     */
    public static MadeRows of(RowShape shape, List<Span> bytes, int batch) {
        int columns = shape.separate().stream()
                .filter(span -> !bytes.contains(span))
                .mapToInt(span -> span.valueOffset() + span.value().width())
                .reduce(shape.choices() + shape.scalars(), Math::max);
        List<Pixels> pixels = bytes.stream()
                .map(span -> new Pixels(
                        span, new byte[Math.multiplyExact(batch, span.value().width())]))
                .toList();
        return new MadeRows(new float[Math.multiplyExact(batch, columns)], columns, pixels);
    }

    /**
     * Copies the first of other rows, made for the same spans, to where they belong.
     *
     * @param places where each goes
     */
    public void put(int[] places, MadeRows others) {
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(others.numbers, i * columns, numbers, places[i] * columns, columns);
            for (int span = 0; span < pixels.size(); span++) {
                Pixels to = pixels.get(span);
                byte[] from = others.pixels.get(span).levels;
                System.arraycopy(from, i * to.width(), to.levels, places[i] * to.width(), to.width());
            }
        }
    }
}
