package dev.understudy.codec;

import java.util.HashMap;
import java.util.Map;

/** The symbols of a field's strings, numbered. Immutable. */
final class Alphabet {
    /** What {@link #index} says of a symbol that it lacks. */
    static final int UNKNOWN = -1;

    private final int[] symbols;
    private final int common;
    private final boolean folded;
    private final Map<Integer, Integer> indices = new HashMap<>();

    /**
     * @param symbols code points, each once, at least one
     * @param common index of the most frequent one
     * @param folded whether lower case is read as upper, as in DNA
     */
    Alphabet(String symbols, int common, boolean folded) {
        this.symbols = symbols.codePoints().toArray();
        this.common = common;
        this.folded = folded;
        for (int i = 0; i < this.symbols.length; i++) {
            indices.put(this.symbols[i], i);
        }
    }

    int size() {
        return symbols.length;
    }

    /** Index of the most frequent symbol. */
    int common() {
        return common;
    }

    /** Index of a symbol, or {@link #UNKNOWN}. */
    int index(int symbol) {
        return indices.getOrDefault(folded ? Character.toUpperCase(symbol) : symbol, UNKNOWN);
    }

    /** The symbol at an index. */
    int symbol(int index) {
        return symbols[index];
    }

    /** All symbols in order. */
    @Override
    public String toString() {
        return new String(symbols, 0, symbols.length);
    }
}
