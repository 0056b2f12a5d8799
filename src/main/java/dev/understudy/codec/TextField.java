package dev.understudy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A string, symbol by symbol (code points): which of the lengths that occurred is its choice, with a class for missing before
 * them if that occurred; at each place a one-hot symbol.
 *
 * <p>A symbol that is not in the alphabet is encoded as the most frequent one. A string of another length is cut to the
 * nearest length below its own, or filled up with the most frequent symbol to the smallest.
 */
final class TextField extends LearnedField {
    static final String KIND = "text";

    private final Alphabet alphabet;
    private final boolean missing;
    private final int[] lengths;
    private final Span.Text shape;

    /**
     * @param lengths the ones that occurred, ascending; at least one
     * @param frequencies of missing (if it occurred) and the lengths; empty if there is one length alone
     */
    TextField(SchemaField source, Alphabet alphabet, int[] lengths, float[] frequencies) {
        super(source, frequencies, shape(source, alphabet, lengths, frequencies.length > lengths.length));
        this.alphabet = alphabet;
        this.missing = frequencies.length > lengths.length;
        this.lengths = lengths;
        this.shape = (Span.Text) value();
    }

    private static Span.Text shape(SchemaField source, Alphabet alphabet, int[] lengths, boolean missing) {
        IntStream classes = IntStream.concat(IntStream.range(0, missing ? 1 : 0).map(i -> 0), Arrays.stream(lengths));
        return new Span.Text(
                alphabet.size(), source.hint().frame(), classes.boxed().toList());
    }

    static TextField read(SchemaField source, JsonNode json) {
        Alphabet alphabet = new Alphabet(
                json.required("alphabet").asText(),
                json.required("common").asInt(),
                source.hint().kind() == Hint.Kind.DNA);
        return new TextField(
                source,
                alphabet,
                Arrays.stream(LayoutJson.longs(json.required("lengths")))
                        .mapToInt(Math::toIntExact)
                        .toArray(),
                LayoutJson.floats(json.required("frequencies")));
    }

    @Override
    void describe(ObjectNode json) {
        json.put("kind", KIND).put("alphabet", alphabet.toString()).put("common", alphabet.common());
        ArrayNode classes = json.putArray("lengths");
        Arrays.stream(lengths).forEach(classes::add);
        LayoutJson.addAll(json.putArray("frequencies"), frequencies());
    }

    @Override
    List<Meaning> meanings() {
        List<Meaning> meanings = new ArrayList<>();
        if (missing) {
            meanings.add(Meaning.value(null));
        }
        if (frequencies().length > 0) {
            Arrays.stream(lengths).forEach(length -> meanings.add(new Meaning("length", length)));
        }
        for (int place = 0; place < shape.longest(); place++) {
            for (int symbol = 0; symbol < shape.symbols(); symbol++) {
                meanings.add(new Meaning(place, alphabet.symbol(symbol)));
            }
        }
        return meanings;
    }

    /** Strings of each of its lengths that have all of its symbols. */
    @Override
    List<Object> landmarks() {
        List<Object> landmarks = new ArrayList<>(super.landmarks());
        for (int length : lengths) {
            landmarks.add(cycle(0, length));
            for (int from = length; length > 0 && from < alphabet.size(); from += length) {
                landmarks.add(cycle(from, length));
            }
        }
        return landmarks;
    }

    /** A string of the symbols in turn. */
    private String cycle(int from, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < from + length; i++) {
            text.appendCodePoint(alphabet.symbol(i % alphabet.size()));
        }
        return text.toString();
    }

    @Override
    boolean seenMissing() {
        return missing;
    }

    @Override
    boolean givable() {
        return false;
    }

    @Override
    int encode(Object key, UniformRandomProvider draws, float[] rows, int choiceAt, int valueAt) {
        Arrays.fill(rows, valueAt, valueAt + shape.width(), 0);
        if (key == null && missing) {
            Choice.write(rows, choiceAt, frequencies().length, 0);
            return 0;
        }
        int[] symbols = key == null ? new int[0] : symbols((String) key);
        int chosen = nearest(symbols.length);
        int unknown = key != null && symbols.length == lengths[chosen] ? 0 : 1;
        Choice.write(rows, choiceAt, frequencies().length, chosen + (missing ? 1 : 0));
        for (int place = 0; place < lengths[chosen]; place++) {
            int symbol = place < symbols.length ? symbols[place] : Alphabet.UNKNOWN;
            unknown = symbol == Alphabet.UNKNOWN ? 1 : unknown;
            rows[valueAt + place * shape.symbols() + (symbol == Alphabet.UNKNOWN ? alphabet.common() : symbol)] = 1;
        }
        return unknown;
    }

    /** Indices in the alphabet, of no more symbols than one above what can be kept. */
    private int[] symbols(String text) {
        return text.codePoints()
                .limit(TextLearner.LONGEST + 1L)
                .map(alphabet::index)
                .toArray();
    }

    /** Index of the largest length that is not above another one, else of the smallest. */
    private int nearest(int length) {
        int found = Arrays.binarySearch(lengths, length);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }

    @Override
    Object decode(float[] rows, int choiceAt, int valueAt) {
        int chosen = Choice.read(rows, choiceAt, frequencies().length);
        if (missing && chosen == 0) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int place = 0; place < shape.lengths().get(chosen); place++) {
            int symbol = Choice.read(rows, valueAt + place * shape.symbols(), shape.symbols());
            text.appendCodePoint(alphabet.symbol(symbol));
        }
        return text.toString();
    }
}
