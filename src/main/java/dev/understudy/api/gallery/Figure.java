package dev.understudy.api.gallery;

import java.awt.Graphics2D;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;

/** Charts next to each other under one caption. */
record Figure(Caption caption, List<? extends Chart<?, ?>> charts) {
    private static final int CAPTION = 22;

    Figure(Caption caption, Chart<?, ?> chart) {
        this(caption, List.of(chart));
    }

    /** Draws it with its top left corner at the origin. */
    void draw(Graphics2D canvas, int width, int height) {
        int top = caption.title().isEmpty() ? 0 : CAPTION;
        caption.draw(canvas, 4, top - 7, width - 8);
        int each = width / charts.size();
        for (int i = 0; i < charts.size(); i++) {
            Graphics2D place = (Graphics2D) canvas.create(i * each, top, each, height - top);
            charts.get(i).paint(place, each, height - top);
            place.dispose();
        }
    }
}
