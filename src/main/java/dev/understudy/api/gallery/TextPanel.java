package dev.understudy.api.gallery;

import dev.understudy.codec.Hint;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Strings below each other, symbols aligned; bases of DNA in colours, codons apart. Real ones on the left. */
final class TextPanel implements Panel {
    private static final int LINES = 12;
    private static final int LINE_HEIGHT = 18;
    private static final int BASE = LINE_HEIGHT - 5;
    private static final int CODON_GAP = 4;
    private static final int BOTTOM = 10;
    private static final int MOST_COLUMNS = 4;
    private static final int COLUMN_GAP = 20;

    /** Width of a symbol, with what is around it. */
    private static final int SYMBOL = 8;

    private static final Map<Character, Color> BASES = Map.of(
            'A', new Color(0xBFE5BF),
            'C', new Color(0xBCD7F5),
            'G', new Color(0xF8DFA6),
            'T', new Color(0xF5BFBF));

    private final Heading heading;
    private final Sides<String> texts;
    private final Hint hint;
    private final int columns;
    private final int rows;

    TextPanel(Field field, Sides<Object> values) {
        this.hint = field.hint();
        this.columns = columns(values.first(LINES));
        this.texts = values.first(LINES * columns).map(value -> Objects.toString(value, null));
        this.rows = Math.max(1, (texts.longest() + columns - 1) / columns);
        this.heading = new Heading(field.path(), remark(), values);
    }

    /** Short strings are shown next to each other. */
    private static int columns(Sides<Object> values) {
        int longest = values.both()
                .mapToInt(value ->
                        Math.min(Style.HALF, Objects.toString(value, "").length()))
                .max()
                .orElse(0);
        return Math.max(1, Math.min(MOST_COLUMNS, Style.HALF / (longest * SYMBOL + COLUMN_GAP)));
    }

    private String remark() {
        return hint.kind() == Hint.Kind.DNA ? "DNA" + (hint.frame() == 1 ? "" : ", codons apart") : "text";
    }

    @Override
    public int height() {
        return heading.height() + rows * LINE_HEIGHT + BOTTOM;
    }

    @Override
    public void draw(Graphics2D canvas) {
        heading.draw(canvas);
        int width = Style.HALF / columns;
        for (Side side : Side.values()) {
            List<String> shown = texts.of(side);
            for (int i = 0; i < shown.size(); i++) {
                int left = Style.left(side) + i % columns * width;
                int top = heading.height() + i / columns * LINE_HEIGHT;
                Graphics2D place = (Graphics2D) canvas.create(left, top, width, LINE_HEIGHT);
                draw(place, side, shown.get(i), width);
                place.dispose();
            }
        }
    }

    private void draw(Graphics2D place, Side side, String text, int width) {
        if (text == null || text.isEmpty()) {
            Style.write(place, text == null ? "missing" : "empty", Style.PLAIN, Style.FAINT, 0, BASE);
        } else if (hint.kind() == Hint.Kind.DNA) {
            bases(place, text.substring(0, Math.min(Style.HALF, text.length())).toUpperCase(Locale.ROOT), width);
        } else {
            place.setFont(Style.MONOSPACED);
            String shown = Style.fit(Style.printable(text), place.getFontMetrics(), width);
            Style.write(place, shown, Style.MONOSPACED, side.color().darker(), 0, BASE);
        }
    }

    private void bases(Graphics2D place, String text, int width) {
        place.setFont(Style.MONOSPACED);
        int cell = place.getFontMetrics().charWidth('A') + 1;
        int left = 0;
        for (int at = 0; at < text.length(); at++) {
            left += at > 0 && at % hint.frame() == 0 && hint.frame() > 1 ? CODON_GAP : 0;
            if (left + cell * (at + 1 < text.length() ? 2 : 1) > width) {
                Style.write(place, "…", Style.MONOSPACED, Style.FAINT, left, BASE);
                return;
            }
            place.setColor(BASES.getOrDefault(text.charAt(at), Style.LINE));
            place.fillRect(left, 1, cell, LINE_HEIGHT - 2);
            Style.write(place, text.substring(at, at + 1), Style.MONOSPACED, Style.INK, left, BASE);
            left += cell;
        }
    }
}
