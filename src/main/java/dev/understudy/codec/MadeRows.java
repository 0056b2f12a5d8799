package dev.understudy.codec;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows that are to be read as records and nothing else: pixels that are bytes there are bytes already, a quarter of what they are as
 * floats.
 *
 * @param spans whose pixels are bytes
 * @param levels these, {@code [batch, width of the span's value]} each, 0 for -1 and 255 for 1
 * @param columns floats of each row: all up to the last that is not of these spans
 * @param numbers {@code [batch, columns]}
 */
public record MadeRows(List<Span> spans, List<byte[]> levels, int columns, float[] numbers) {

    /**
     * Room for rows.
     *
     * @param spans whose pixels are to be bytes
     */
    public static MadeRows of(RowShape shape, List<Span> spans, int batch) {
        int columns = shape.separate().stream()
                .filter(span -> !spans.contains(span))
                .mapToInt(span -> span.valueOffset() + span.value().width())
                .reduce(shape.choices() + shape.scalars(), Math::max);
        List<byte[]> levels = spans.stream()
                .map(span -> new byte[Math.multiplyExact(batch, span.value().width())])
                .toList();
        return new MadeRows(spans, levels, columns, new float[Math.multiplyExact(batch, columns)]);
    }

    /**
     * Copies the first of other rows, made for the same spans, to where they belong.
     *
     * @param places where each goes
     */
    public void put(int[] places, MadeRows others) {
        put(places, others.numbers, numbers, columns);
        IntStream.range(0, spans.size())
                .forEach(i -> put(
                        places,
                        others.levels.get(i),
                        levels.get(i),
                        spans.get(i).value().width()));
    }

    /** Of arrays of one type. */
    @SuppressWarnings("SuspiciousSystemArraycopy")
    private static void put(int[] places, Object from, Object to, int width) {
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(from, i * width, to, places[i] * width, width);
        }
    }
}
