package dev.understudy.api.gallery;

import dev.understudy.codec.Hint;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Strings below each other, symbols aligned; bases of DNA in colours, codons apart. Real ones on the left. */
final class TextPanel implements Panel {
    private static final int LINES = 12;
    private static final int LINE_HEIGHT = 18;
    private static final int CODON_GAP = 4;
    private static final int BOTTOM = 10;
    private static final Map<Character, Color> BASES = Map.of(
            'A', new Color(0xBFE5BF),
            'C', new Color(0xBCD7F5),
            'G', new Color(0xF8DFA6),
            'T', new Color(0xF5BFBF));

    private final Heading heading;
    private final Sides<String> lines;
    private final Hint hint;

    TextPanel(Field field, Sides<Object> values) {
        this.hint = field.hint();
        this.lines = values.first(LINES).map(value -> Objects.toString(value, null));
        this.heading = new Heading(field.path(), remark(), values);
    }

    private String remark() {
        return hint.kind() == Hint.Kind.DNA ? "DNA" + (hint.frame() == 1 ? "" : ", codons apart") : "text";
    }

    @Override
    public int height() {
        return heading.height() + Math.max(1, lines.longest()) * LINE_HEIGHT + BOTTOM;
    }

    @Override
    public void draw(Graphics2D canvas) {
        heading.draw(canvas);
        for (Side side : Side.values()) {
            List<String> texts = lines.of(side);
            for (int i = 0; i < texts.size(); i++) {
                Graphics2D line = (Graphics2D)
                        canvas.create(Style.left(side), heading.height() + i * LINE_HEIGHT, Style.HALF, LINE_HEIGHT);
                draw(line, side, texts.get(i));
                line.dispose();
            }
        }
    }

    private void draw(Graphics2D line, Side side, String text) {
        int base = LINE_HEIGHT - 5;
        if (text == null || text.isEmpty()) {
            Style.write(line, text == null ? "missing" : "empty", Style.PLAIN, Style.FAINT, 0, base);
        } else if (hint.kind() == Hint.Kind.DNA) {
            bases(line, text.toUpperCase(Locale.ROOT), base);
        } else {
            line.setFont(Style.MONOSPACED);
            String shown = Style.fit(printable(text), line.getFontMetrics(), Style.HALF);
            Style.write(line, shown, Style.MONOSPACED, side.color().darker(), 0, base);
        }
    }

    /** A symbol that moves the pen or draws nothing is shown as a dot. */
    private static String printable(String text) {
        return text.codePoints()
                .limit(Style.HALF)
                .map(symbol -> Character.isISOControl(symbol) ? '·' : symbol)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private void bases(Graphics2D line, String text, int base) {
        line.setFont(Style.MONOSPACED);
        FontMetrics metrics = line.getFontMetrics();
        int cell = metrics.charWidth('A') + 1;
        int left = 0;
        for (int place = 0; place < text.length(); place++) {
            left += place > 0 && hint.frame() > 1 && place % hint.frame() == 0 ? CODON_GAP : 0;
            if (left + cell * (place + 1 < text.length() ? 2 : 1) > Style.HALF) {
                Style.write(line, "…", Style.MONOSPACED, Style.FAINT, left, base);
                return;
            }
            line.setColor(BASES.getOrDefault(text.charAt(place), Style.LINE));
            line.fillRect(left, 1, cell, LINE_HEIGHT - 2);
            Style.write(line, text.substring(place, place + 1), Style.MONOSPACED, Style.INK, left, base);
            left += cell;
        }
    }
}
