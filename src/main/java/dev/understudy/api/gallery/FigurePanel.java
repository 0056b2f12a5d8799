package dev.understudy.api.gallery;

import java.awt.Graphics2D;
import java.util.List;

/** Figures in columns under a heading. */
final class FigurePanel implements Panel {
    private final Heading heading;
    private final List<Figure> figures;
    private final int columns;
    private final int figureHeight;

    FigurePanel(Heading heading, List<Figure> figures, int columns, int figureHeight) {
        this.heading = heading;
        this.figures = figures;
        this.columns = columns;
        this.figureHeight = figureHeight;
    }

    @Override
    public int height() {
        return heading.height() + (figures.size() + columns - 1) / columns * figureHeight;
    }

    @Override
    public void draw(Graphics2D canvas) {
        heading.draw(canvas);
        int width = (Style.WIDTH - 2 * Style.MARGIN) / columns;
        for (int i = 0; i < figures.size(); i++) {
            int left = Style.MARGIN + i % columns * width;
            int top = heading.height() + i / columns * figureHeight;
            Graphics2D place = (Graphics2D) canvas.create(left, top, width - 8, figureHeight - 8);
            figures.get(i).draw(place, width - 8, figureHeight - 8);
            place.dispose();
        }
    }
}
