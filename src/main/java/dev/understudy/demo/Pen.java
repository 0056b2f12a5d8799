package dev.understudy.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.StringTokenizer;
import java.util.function.DoubleSupplier;

/** Draws a glyph on a small grey sheet: light ink on a dark ground, 0 to 255. Thread safety: stateless. */
final class Pen {
    /** Height and width of a sheet, in pixels. */
    static final int SIDE = 28;

    private Pen() {}

    /**
     * Draws a glyph with an unsteady hand.
     *
     * @param tremor added to every coordinate of the glyph, in hundredths of the sheet
     * @param placement from the glyph's sheet of 100 x 100 to pixels
     * @param thickness of the line, in pixels
     * @return {@code [SIDE, SIDE]} pixels, row by row
     */
    static byte[] draw(String glyph, DoubleSupplier tremor, AffineTransform placement, double thickness) {
        BufferedImage sheet = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = sheet.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.setStroke(new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.setColor(Color.WHITE);
            graphics.draw(placement.createTransformedShape(path(glyph, tremor)));
        } finally {
            graphics.dispose();
        }
        return ((DataBufferByte) sheet.getRaster().getDataBuffer()).getData().clone();
    }

    private static Path2D path(String glyph, DoubleSupplier tremor) {
        Path2D path = new Path2D.Double();
        StringTokenizer words = new StringTokenizer(glyph);
        DoubleSupplier next = () -> Double.parseDouble(words.nextToken()) + tremor.getAsDouble();
        while (words.hasMoreTokens()) {
            extend(path, words.nextToken(), next);
        }
        return path;
    }

    private static void extend(Path2D path, String command, DoubleSupplier next) {
        switch (command) {
            case "M" -> path.moveTo(next.getAsDouble(), next.getAsDouble());
            case "L" -> path.lineTo(next.getAsDouble(), next.getAsDouble());
            case "C" ->
                path.curveTo(
                        next.getAsDouble(),
                        next.getAsDouble(),
                        next.getAsDouble(),
                        next.getAsDouble(),
                        next.getAsDouble(),
                        next.getAsDouble());
            default -> throw new IllegalArgumentException("stroke command " + command + " is none of M, L, C");
        }
    }
}
