package dev.understudy.api;

import dev.understudy.codec.RecordCodec;
import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import dev.understudy.noise.Noise;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.knowm.xchart.BitmapEncoder;

/**
 * Draws a model: real records on the left, synthetic ones on the right; images as contact sheets, other fields as
 * distributions laid over each other.
 *
 * <p><em>Thread safety</em>: stateless but for what it is constructed with; safe.
 */
final class Gallery {
    static final int WIDTH = 960;

    private static final int MARGIN = 16;
    private static final int TITLE = 28;
    private static final int COLUMNS = 8;
    private static final int CHART_COLUMNS = 3;
    private static final int CHART_HEIGHT = 220;
    private static final int MOST_CHARTS = 24;
    private static final float HALF_RANGE = 127.5f;

    private final RecordCodec codec;
    private final RowShape shape;

    Gallery(RecordCodec codec) {
        this.codec = codec;
        this.shape = codec.shape();
    }

    /** A picture of both, {@value #WIDTH} pixels wide; either list may be empty. */
    BufferedImage draw(List<GenericRecord> real, List<GenericRecord> synthetic) {
        List<BufferedImage> panels = new ArrayList<>();
        for (Span image : shape.images()) {
            panels.add(sheets(image, real, synthetic));
        }
        List<BufferedImage> charts = charts(real, synthetic);
        if (!charts.isEmpty()) {
            panels.add(grid(charts));
        }
        return stack(panels);
    }

    private BufferedImage sheets(Span span, List<GenericRecord> real, List<GenericRecord> synthetic) {
        int side = (WIDTH - 3 * MARGIN) / 2;
        BufferedImage panel = blank(side + TITLE + MARGIN);
        Graphics2D graphics = panel.createGraphics();
        title(graphics, span.field() + ": real", MARGIN, Color.DARK_GRAY);
        title(graphics, span.field() + ": synthetic", 2 * MARGIN + side, Color.DARK_GRAY);
        sheet(graphics, span, real, MARGIN, side);
        sheet(graphics, span, synthetic, 2 * MARGIN + side, side);
        graphics.dispose();
        return panel;
    }

    private void sheet(Graphics2D graphics, Span span, List<GenericRecord> records, int left, int side) {
        int cell = side / COLUMNS;
        int shown = Math.min(records.size(), COLUMNS * COLUMNS);
        for (int i = 0; i < shown; i++) {
            BufferedImage image = image(span, row(records.get(i), i));
            graphics.drawImage(image, left + i % COLUMNS * cell, TITLE + i / COLUMNS * cell, cell - 2, cell - 2, null);
        }
    }

    private float[] row(GenericRecord record, int index) {
        float[] row = new float[shape.width()];
        codec.encode(record, Noise.draws(0, index), row, 0);
        return row;
    }

    /** A span of {@code [channels, height, width]} in [-1, 1] as a picture; of many channels the first three. */
    private static BufferedImage image(Span span, float[] row) {
        Span.Image size = (Span.Image) span.value();
        BufferedImage image = new BufferedImage(size.columns(), size.height(), BufferedImage.TYPE_INT_RGB);
        int plane = size.height() * size.columns();
        for (int pixel = 0; pixel < plane; pixel++) {
            int rgb = 0;
            for (int channel = 0; channel < 3; channel++) {
                int source = size.channels() >= 3 ? channel : 0;
                int level = Math.round((row[span.valueOffset() + source * plane + pixel] + 1) * HALF_RANGE);
                rgb = rgb << 8 | Math.max(0, Math.min(255, level));
            }
            image.setRGB(pixel % size.columns(), pixel / size.columns(), rgb);
        }
        return image;
    }

    private List<BufferedImage> charts(List<GenericRecord> real, List<GenericRecord> synthetic) {
        int width = (WIDTH - 2 * MARGIN) / CHART_COLUMNS;
        return codec.layout().spansByField().entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .filter(field -> !(field.getValue().get(0).value() instanceof Span.Image))
                .limit(MOST_CHARTS)
                .map(field -> FieldChart.of(field.getKey(), real, synthetic, width, CHART_HEIGHT))
                .map(BitmapEncoder::getBufferedImage)
                .toList();
    }

    private static BufferedImage grid(List<BufferedImage> charts) {
        int rows = (charts.size() + CHART_COLUMNS - 1) / CHART_COLUMNS;
        BufferedImage panel = blank(TITLE + rows * CHART_HEIGHT);
        Graphics2D graphics = panel.createGraphics();
        title(graphics, "■ real", MARGIN, FieldChart.REAL);
        title(graphics, "■ synthetic", 5 * MARGIN, FieldChart.SYNTHETIC);
        for (int i = 0; i < charts.size(); i++) {
            BufferedImage chart = charts.get(i);
            graphics.drawImage(
                    chart,
                    MARGIN + i % CHART_COLUMNS * chart.getWidth(),
                    TITLE + i / CHART_COLUMNS * CHART_HEIGHT,
                    null);
        }
        graphics.dispose();
        return panel;
    }

    private static BufferedImage stack(List<BufferedImage> panels) {
        int height = panels.stream().mapToInt(BufferedImage::getHeight).sum();
        BufferedImage picture = blank(Math.max(1, height));
        Graphics2D graphics = picture.createGraphics();
        int top = 0;
        for (BufferedImage panel : panels) {
            graphics.drawImage(panel, 0, top, null);
            top += panel.getHeight();
        }
        graphics.dispose();
        return picture;
    }

    private static BufferedImage blank(int height) {
        BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, height);
        graphics.dispose();
        return image;
    }

    private static void title(Graphics2D graphics, String text, int left, Color color) {
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(color);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        graphics.drawString(text, left, TITLE - 10);
    }
}
