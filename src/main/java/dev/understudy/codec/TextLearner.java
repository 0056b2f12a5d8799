package dev.understudy.codec;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.LongsSketch;

/**
 * Counts the lengths and the symbols of a field's strings. The symbols are counted by a sketch: exactly while fewer than some
 * 3,000 different ones occur.
 */
final class TextLearner implements FieldLearner {
    /** Symbols of a string that are kept. */
    static final int LONGEST = 512;

    private static final String BASES = "ACGT";
    private static final int MOST_SYMBOLS = 200;
    private static final int MOST_FLOATS = 65_536;
    private static final int SKETCH_SIZE = 4_096;

    private final SchemaField source;
    private final boolean dna;
    private final long[] lengths = new long[LONGEST + 1];
    private final LongsSketch symbols = new LongsSketch(SKETCH_SIZE);
    private long missing;
    private String first;
    private boolean varied;

    TextLearner(SchemaField source) {
        this.source = source;
        this.dna = source.hint().kind() == Hint.Kind.DNA;
    }

    @Override
    public void observe(Object key) {
        if (key == null) {
            missing++;
            return;
        }
        String text = (String) key;
        first = first == null ? text : first;
        varied |= !text.equals(first);
        int[] kept = text.codePoints().limit(LONGEST).toArray();
        for (int symbol : kept) {
            symbols.update(dna ? Character.toUpperCase(symbol) : symbol);
        }
        lengths[kept.length / source.hint().frame() * source.hint().frame()]++;
    }

    @Override
    public void merge(FieldLearner other) {
        TextLearner more = (TextLearner) other;
        missing += more.missing;
        first = first == null ? more.first : first;
        varied |= more.varied || (more.first != null && !more.first.equals(first));
        symbols.merge(more.symbols);
        Arrays.setAll(lengths, length -> lengths[length] + more.lengths[length]);
    }

    @Override
    public Optional<FieldProblem> problem() {
        if (constant()) {
            return Optional.empty();
        }
        int longest = seen().max().orElse(0);
        int symbols = alphabet().size();
        int width = longest * symbols;
        return width <= MOST_FLOATS
                ? Optional.empty()
                : Optional.of(source.problem(
                        "too-large",
                        "has the hint " + source.hint().kind() + " but needs " + width + " floats a record ("
                                + symbols + " different symbols at " + longest
                                + " places); the limit is " + MOST_FLOATS
                                + ": leave it out with the hint OMIT, or keep its most frequent values with the hint"
                                + " CATEGORY."));
    }

    @Override
    public boolean constant() {
        return first == null || (!varied && missing == 0);
    }

    @Override
    public LearnedField learn() {
        if (constant()) {
            return new ConstantField(source, first);
        }
        long[] counts = LongStream.concat(
                        LongStream.of(missing).filter(count -> count > 0), seen().mapToLong(length -> lengths[length]))
                .toArray();
        float[] frequencies = counts.length == 1 ? new float[0] : Choice.shares(counts);
        return new TextField(source, alphabet(), seen().toArray(), frequencies);
    }

    /** The lengths that occurred, ascending. */
    private IntStream seen() {
        return IntStream.rangeClosed(0, LONGEST).filter(length -> lengths[length] > 0);
    }

    private Alphabet alphabet() {
        return dna ? bases() : ranked();
    }

    private Alphabet bases() {
        int common = IntStream.range(0, BASES.length())
                .boxed()
                .max(Comparator.comparing(i -> symbols.getEstimate(BASES.charAt(i))))
                .orElseThrow();
        return new Alphabet(BASES, common, true);
    }

    /** The most frequent symbols first; a blank if there are none. */
    private Alphabet ranked() {
        String ranked = Stream.of(symbols.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES))
                .map(LongsSketch.Row::getItem)
                .sorted(Comparator.<Long>comparingLong(symbol -> -symbols.getEstimate(symbol))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_SYMBOLS)
                .map(symbol -> Character.toString(symbol.intValue()))
                .collect(Collectors.joining());
        return new Alphabet(ranked.isEmpty() ? " " : ranked, 0, false);
    }
}
