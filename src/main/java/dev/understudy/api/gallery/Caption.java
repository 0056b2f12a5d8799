package dev.understudy.api.gallery;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A title of one line and behind it, in the colours of the sides, numbers of each.
 *
 * @param title cut if it is too long
 */
record Caption(String title, List<Remark> remarks) {
    private static final int GAP = 8;

    /**
     * What the numbers are, and what they are.
     *
     * @param numbers of each side in a few letters
     */
    record Remark(String what, Function<Side, String> numbers) {}

    Caption(String title) {
        this(title, List.of());
    }

    /** A title and, if any are missing, how many. */
    static Caption of(String title, Sides<?> values) {
        return new Caption(title).and("missing", values::missing);
    }

    /** With shares of records from 0 to 1, unless there are none on either side. */
    Caption and(String what, ToDoubleFunction<Side> shares) {
        if (shares.applyAsDouble(Side.REAL) + shares.applyAsDouble(Side.SYNTHETIC) == 0) {
            return this;
        }
        List<Remark> more = new ArrayList<>(remarks);
        more.add(new Remark(what, side -> Distribution.percent(shares.applyAsDouble(side))));
        return new Caption(title, more);
    }

    void draw(Graphics2D canvas, int left, int base, int width) {
        canvas.setFont(Style.PLAIN);
        int rest = remarks.stream().mapToInt(remark -> width(canvas, remark)).sum();
        canvas.setFont(Style.CAPTION);
        String fitting = Style.fit(title, canvas.getFontMetrics(), width - rest);
        int end = Style.write(canvas, fitting, Style.CAPTION, Style.INK, left, base);
        for (Remark remark : remarks) {
            end = write(canvas, remark.what(), Style.FAINT, end, base);
            for (Side side : Side.values()) {
                end = write(canvas, remark.numbers().apply(side), side.color(), end, base);
            }
        }
    }

    private static int width(Graphics2D canvas, Remark remark) {
        String all = remark.what()
                + remark.numbers().apply(Side.REAL)
                + remark.numbers().apply(Side.SYNTHETIC);
        return canvas.getFontMetrics().stringWidth(all) + 3 * GAP;
    }

    private static int write(Graphics2D canvas, String text, Color color, int left, int base) {
        return Style.write(canvas, text, Style.PLAIN, color, left + GAP, base);
    }
}
