package dev.understudy.api.gallery;

import java.awt.Graphics2D;

/**
 * The name of a panel, what it is, and how much of it is missing.
 *
 * @param name of the field; empty for a panel that belongs to the one above
 * @param remark in faint letters behind it
 * @param values what may be missing
 */
record Heading(String name, String remark, Sides<?> values) implements Panel {

    @Override
    public int height() {
        return name.isEmpty() ? 0 : 36;
    }

    @Override
    public void draw(Graphics2D canvas) {
        if (name.isEmpty()) {
            return;
        }
        canvas.setColor(Style.LINE);
        canvas.drawLine(Style.MARGIN, 4, Style.WIDTH - Style.MARGIN, 4);
        canvas.setFont(Style.HEADING);
        String fitting = Style.fit(name, canvas.getFontMetrics(), Style.HALF);
        int end = Style.write(canvas, fitting, Style.HEADING, Style.INK, Style.MARGIN, 25);
        end = Style.write(canvas, remark, Style.PLAIN, Style.FAINT, end + 10, 25);
        Caption.of("", values).draw(canvas, end, 25, Style.HALF);
    }
}
