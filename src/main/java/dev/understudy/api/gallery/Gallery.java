package dev.understudy.api.gallery;

import dev.understudy.codec.RecordLayout;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.avro.generic.GenericRecord;

/**
 * Draws a model: real records beside synthetic ones, field by field, in a picture of bounded size whatever the schema.
 *
 * <p>Images, videos, strings and series come first, each in a panel of its own; then the distributions of scalars, then the
 * pairs of them that go together most in the real records.
 *
 * <p><em>Thread safety</em>: immutable; share freely.
 */
public final class Gallery {
    /** Pixels from the left to the right. */
    public static final int WIDTH = Style.WIDTH;

    private static final int MOST_PANELS = 6;
    private static final int MOST_CHARTS = 24;
    private static final int MOST_PAIRS = 6;
    private static final int CHART_COLUMNS = 3;
    private static final int CHART_HEIGHT = 216;
    private static final int PAIR_COLUMNS = 2;
    private static final int PAIR_HEIGHT = 250;

    private final List<Field> fields;

    public Gallery(RecordLayout layout) {
        this.fields = Field.of(layout);
    }

    /** A picture of both as a PNG, {@value #WIDTH} pixels wide; either list may be empty. */
    public byte[] png(List<GenericRecord> real, List<GenericRecord> synthetic) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            ImageIO.write(draw(new Sides<>(real, synthetic)), "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BufferedImage draw(Sides<GenericRecord> records) {
        List<Panel> panels = new ArrayList<>(List.of(new Legend(records, hidden())));
        fields.stream()
                .filter(field -> !field.scalar())
                .limit(MOST_PANELS)
                .forEach(field -> panels.addAll(panels(field, field.read(records))));
        List<Pair.Column> columns = fields.stream()
                .filter(Field::scalar)
                .limit(MOST_CHARTS)
                .map(field -> Pair.Column.of(field, field.read(records)))
                .toList();
        panels.addAll(distributions(columns));
        panels.addAll(pairs(columns));
        return stack(panels);
    }

    /** Fields that find no place in the picture. */
    private long hidden() {
        long scalars = fields.stream().filter(Field::scalar).count();
        return Math.max(0, scalars - MOST_CHARTS) + Math.max(0, fields.size() - scalars - MOST_PANELS);
    }

    private static List<Panel> panels(Field field, Sides<Object> values) {
        return switch (field.hint().kind()) {
            case IMAGE, VIDEO -> List.of(new PicturePanel(field, values));
            case SERIES -> List.of(SeriesFigures.of(field, values));
            default -> List.of(new TextPanel(field, values), TextFigures.of(field, values));
        };
    }

    private static List<Panel> distributions(List<Pair.Column> columns) {
        List<Figure> figures = columns.stream()
                .map(column -> Distribution.of(column.field(), column.values()))
                .toList();
        Heading heading = new Heading("Distributions", "share of records", new Sides<>(List.of(), List.of()));
        return figures.isEmpty() ? List.of() : List.of(new FigurePanel(heading, figures, CHART_COLUMNS, CHART_HEIGHT));
    }

    private static List<Panel> pairs(List<Pair.Column> columns) {
        List<Figure> figures =
                Pair.strongest(columns, MOST_PAIRS).stream().map(Pair::figure).toList();
        Heading heading = new Heading(
                "Pairs",
                "what goes together most: ρ rank correlation, η correlation ratio, V Cramér's; heat maps show shares within a row",
                new Sides<>(List.of(), List.of()));
        return figures.isEmpty() ? List.of() : List.of(new FigurePanel(heading, figures, PAIR_COLUMNS, PAIR_HEIGHT));
    }

    private static BufferedImage stack(List<Panel> panels) {
        int height = panels.stream().mapToInt(Panel::height).sum() + Style.MARGIN;
        BufferedImage picture = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = picture.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, WIDTH, height);
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        for (Panel panel : panels) {
            panel.draw(canvas);
            canvas.translate(0, panel.height());
        }
        canvas.dispose();
        return picture;
    }
}
