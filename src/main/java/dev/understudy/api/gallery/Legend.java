package dev.understudy.api.gallery;

import java.awt.Graphics2D;

/** Whose colour is whose, over the halves that belong to them. */
record Legend(Sides<?> records, long hidden) implements Panel {

    @Override
    public int height() {
        return 30;
    }

    @Override
    public void draw(Graphics2D canvas) {
        for (Side side : Side.values()) {
            canvas.setColor(side.color());
            canvas.fillRect(Style.left(side), 9, 13, 13);
            int end = Style.write(canvas, side.toString(), Style.HEADING, side.color(), Style.left(side) + 20, 21);
            int count = records.of(side).size();
            Style.write(canvas, count == 0 ? "no records" : count + " records", Style.PLAIN, Style.FAINT, end + 8, 21);
        }
        if (hidden > 0) {
            String rest = hidden + " more fields are not drawn";
            canvas.setFont(Style.PLAIN);
            int width = canvas.getFontMetrics().stringWidth(rest);
            Style.write(canvas, rest, Style.PLAIN, Style.FAINT, Style.WIDTH - Style.MARGIN - width, 21);
        }
    }
}
