package dev.understudy.api.gallery;

import dev.understudy.codec.Hint;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How long strings are and which symbols they hold: codons if the reading frame is known. */
final class TextFigures {
    private static final int MOST_SYMBOLS = 27;
    private static final int MOST_CODONS = 16;
    private static final int HEIGHT = 190;

    /** Symbols of a string that are counted, as many as are learned. */
    private static final int LONGEST = 512;

    private TextFigures() {}

    static Panel of(Field field, Sides<Object> values) {
        int frame = field.hint().frame();
        Field length = new Field("length", new Hint(Hint.Kind.NUMBER, List.of()), field.type());
        Sides<Object> lengths = values.map(
                value -> value == null ? null : value.toString().codePoints().count() / frame);
        Sides<String> symbols = new Sides<>(symbols(field, values.real()), symbols(field, values.synthetic()));
        Classes commonest = Classes.of(symbols, frame > 1 ? MOST_CODONS : MOST_SYMBOLS, key -> key);
        Figure frequencies = new Figure(
                new Caption(frame > 1 ? "codons" : "symbols").and("others", commonest::others),
                Distribution.columns(commonest));
        Figure distribution = new Figure(
                new Caption(frame > 1 ? "length in codons" : "length"),
                Distribution.of(length, lengths).charts());
        return new FigurePanel(new Heading("", "", values), List.of(distribution, frequencies), 2, HEIGHT);
    }

    private static List<String> symbols(Field field, List<Object> texts) {
        return texts.stream()
                .filter(Objects::nonNull)
                .map(text -> field.hint().kind() == Hint.Kind.DNA
                        ? text.toString().toUpperCase(Locale.ROOT)
                        : text.toString())
                .flatMap(text -> symbols(text, field.hint().frame()))
                .toList();
    }

    private static Stream<String> symbols(String text, int frame) {
        int[] symbols = text.codePoints().limit(LONGEST).toArray();
        return IntStream.range(0, symbols.length / frame).mapToObj(i -> new String(symbols, i * frame, frame));
    }
}
