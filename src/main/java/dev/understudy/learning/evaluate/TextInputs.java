package dev.understudy.learning.evaluate;

import dev.understudy.codec.Span;

/**
 * How often a string's symbols and its pairs of neighbours occur, each at its place in the frame, divided by the root of the
 * string's length; what is too much for the space is spread over it by a hash.
 */
final class TextInputs implements FieldInputs {
    private static final int MAX_SYMBOLS = 64;
    private static final int MAX_PAIRS = 192;

    private final Span span;
    private final Span.Text text;
    private final int symbolSlots;
    private final int pairSlots;

    TextInputs(Span span, Span.Text text) {
        this.span = span;
        this.text = text;
        this.symbolSlots = Math.min(MAX_SYMBOLS, text.frame() * text.symbols());
        this.pairSlots = Math.min(MAX_PAIRS, text.frame() * text.symbols() * text.symbols());
    }

    @Override
    public int width() {
        return symbolSlots + pairSlots;
    }

    @Override
    public void extract(float[] rows, int row, float[] inputs, int to) {
        int length = text.lengths().get(largest(rows, row + span.choiceOffset(), span.choices()));
        float weight = (float) (1 / Math.sqrt(Math.max(1, length)));
        int last = 0;
        for (int place = 0; place < length; place++) {
            int symbol = largest(rows, row + span.valueOffset() + place * text.symbols(), text.symbols());
            int phase = place % text.frame();
            inputs[to + slot(phase * text.symbols() + symbol, symbolSlots)] += weight;
            if (place > 0) {
                int pair = (phase * text.symbols() + last) * text.symbols() + symbol;
                inputs[to + symbolSlots + slot(pair, pairSlots)] += weight;
            }
            last = symbol;
        }
    }

    /** As it is where it fits, since the remainder of a number below the slots is itself. */
    private static int slot(int number, int slots) {
        return number % slots;
    }

    private static int largest(float[] rows, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            best = rows[from + i] > rows[from + best] ? i : best;
        }
        return best;
    }
}
