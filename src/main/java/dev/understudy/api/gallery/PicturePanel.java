package dev.understudy.api.gallery;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.List;
import org.apache.avro.Schema;

/** Images as contact sheets; videos as rows of clips, frames side by side. Real ones on the left. */
final class PicturePanel implements Panel {
    /** Side of the box that a frame has. */
    private static final int SMALL = 56;

    /** The same of an image that would lose too much in a small one. */
    private static final int LARGE = 114;

    private static final int LARGE_PIXELS = 64;
    private static final int TALLEST = 464;
    private static final int GAP = 2;
    private static final int CLIP_GAP = 8;
    private static final Color NOTHING = new Color(0xF3F5F7);

    private final Heading heading;
    private final Sides<double[]> values;
    private final Raster raster;
    private final Dimension frame;
    private final int clip;
    private final int columns;
    private final int rows;

    PicturePanel(Field field, Sides<Object> values) {
        Raster bytes = Raster.of(field.hint().shape());
        int box = bytes.frames() == 1 && Math.max(bytes.height(), bytes.columns()) > LARGE_PIXELS ? LARGE : SMALL;
        this.frame = bytes.fit(Math.min(box, Style.HALF / bytes.frames() - GAP), box);
        this.clip = bytes.frames() * (frame.width + GAP) - GAP;
        int gap = bytes.frames() == 1 ? GAP : CLIP_GAP;
        this.columns = Math.max(1, (Style.HALF + gap) / (clip + gap));
        int most = columns * Math.max(1, TALLEST / (frame.height + GAP));
        this.values = values.first(most).map(value -> Numbers.of(value, bytes.width()));
        this.rows = Math.max(1, (this.values.longest() + columns - 1) / columns);
        this.raster = field.type().getType() == Schema.Type.ARRAY ? bytes.over(this.values) : bytes;
        this.heading = new Heading(field.path(), remark(), values);
    }

    private String remark() {
        String size = raster.columns() + " × " + raster.height() + (raster.channels() == 1 ? "" : ", colour");
        return raster.frames() == 1 ? "image, " + size : "video, " + raster.frames() + " frames of " + size;
    }

    @Override
    public int height() {
        return heading.height() + rows * (frame.height + GAP) + Style.MARGIN;
    }

    @Override
    public void draw(Graphics2D canvas) {
        heading.draw(canvas);
        for (Side side : Side.values()) {
            List<double[]> clips = values.of(side);
            for (int i = 0; i < clips.size(); i++) {
                int left = Style.left(side) + i % columns * (Style.HALF / columns);
                draw(canvas, clips.get(i), left, heading.height() + i / columns * (frame.height + GAP));
            }
        }
    }

    private void draw(Graphics2D canvas, double[] numbers, int left, int top) {
        if (numbers == null) {
            canvas.setColor(NOTHING);
            canvas.fillRect(left, top, clip, frame.height);
            Style.write(canvas, "missing", Style.PLAIN, Style.FAINT, left + 4, top + frame.height / 2 + 4);
            return;
        }
        for (int i = 0; i < raster.frames(); i++) {
            Rectangle place = new Rectangle(left + i * (frame.width + GAP), top, frame.width, frame.height);
            raster.draw(canvas, numbers, i, place);
        }
    }
}
