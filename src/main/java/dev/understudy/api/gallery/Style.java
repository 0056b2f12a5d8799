package dev.understudy.api.gallery;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;

/** Measures, fonts and colours that all panels share. */
final class Style {
    static final int WIDTH = 960;
    static final int MARGIN = 8;

    /** Width of what is shown of one side where both stand next to each other. */
    static final int HALF = (WIDTH - 4 * MARGIN) / 2;

    static final Color INK = new Color(0x1C2733);
    static final Color FAINT = new Color(0x7A8794);
    static final Color LINE = new Color(0xE3E8ED);

    static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    static final Font CAPTION = new Font(Font.SANS_SERIF, Font.BOLD, 12);
    static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    static final Font MONOSPACED = new Font(Font.MONOSPACED, Font.PLAIN, 12);

    /** Width of most letters at an axis. */
    static final int LETTER = 7;

    /** Pixels between labels at an axis, at least. */
    static final int SPACING = 48;

    /** Pixels of the longest label. */
    private static final int LABEL = 84;

    /** Symbols that fit into a line even if they are slim. */
    private static final int MOST_SYMBOLS = 300;

    private static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 10);

    private Style() {}

    /** Left end of a side's half. */
    static int left(Side side) {
        return side == Side.REAL ? MARGIN : WIDTH - MARGIN - HALF;
    }

    /** No frame, no legend, faint lines: ink for the data. */
    static void apply(Chart<? extends AxesChartStyler, ?> chart) {
        chart.getStyler()
                .setChartTitleVisible(false)
                .setLegendVisible(false)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setChartPadding(4);
        chart.getStyler()
                .setAxisTickLabelsFont(TICKS)
                .setAxisTickLabelsColor(INK)
                .setAxisTickMarksColor(LINE)
                .setPlotGridLinesColor(LINE)
                .setPlotGridVerticalLinesVisible(false)
                .setPlotMargin(0)
                .setAxisTickPadding(3)
                .setAxisTitlesVisible(false);
    }

    /** The text, or as much of it as fits into the width and an ellipsis. */
    static String fit(String text, FontMetrics metrics, int width) {
        if (metrics.stringWidth(text) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && metrics.stringWidth(text.substring(0, end) + "…") > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "…";
    }

    /** Text as a label of an axis: never empty, and so short that it leaves room for the chart. */
    static String label(String text) {
        String shown = text.isBlank() ? "“" + text + "”" : printable(text);
        int end = shown.length();
        while (width(shown.substring(0, end)) > LABEL) {
            end = shown.offsetByCodePoints(end, -1);
        }
        return end == shown.length() ? shown : shown.substring(0, end) + "…";
    }

    private static double width(String text) {
        return TICKS.getStringBounds(text, new FontRenderContext(null, true, false))
                .getWidth();
    }

    /** The text without symbols that move the pen; a dot takes the place of each. */
    static String printable(String text) {
        return text.codePoints()
                .limit(MOST_SYMBOLS)
                .map(symbol -> Character.isISOControl(symbol) ? '·' : symbol)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Draws text on a base line; returns where it ended. */
    static int write(Graphics2D canvas, String text, Font font, Color color, int left, int base) {
        canvas.setFont(font);
        canvas.setColor(color);
        canvas.drawString(text, left, base);
        return left + canvas.getFontMetrics().stringWidth(text);
    }
}
