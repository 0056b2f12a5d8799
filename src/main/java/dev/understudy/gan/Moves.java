package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * How images and videos of a row are moved before the critic sees them: brighter or darker, with more or less contrast,
 * shifted by up to an eighth of a side, and a square of half of the sides cut out. What comes in from outside and what is cut
 * out is mid-grey, 0. Gradients pass; a row depends on its own moves alone.
 *
 * <p>A move is six numbers: the shift down and to the right, the centre of the square from the top and from the left, all as
 * shares of the sides; brightness to add, and contrast to add to 1. Zeros leave an image as it is, bit for bit. All frames of a
 * video move alike.
 *
 * <p><em>Source</em>: Zhao et al. 2020, arXiv 2006.10738, section 4.
 */
final class Moves {

    private static final int NUMBERS = 6;
    private static final double SHIFT = .125;

    private final List<Span> spans;
    private final int width;

    Moves(RowShape shape) {
        this.spans = shape.separate().stream()
                .filter(span -> span.value() instanceof Span.Image || span.value() instanceof Span.Video)
                .toList();
        this.width = shape.width();
    }

    /** Whether there is anything to move. */
    boolean any() {
        return !spans.isEmpty();
    }

    /** Floats of a row's moves; one, unread, if there is nothing to move. */
    int width() {
        return Math.max(1, NUMBERS * spans.size());
    }

    /** Draws the moves of one row, with probability {@code share}; else they stay zeros. */
    void draw(UniformRandomProvider uniform, float share, float[] moves, int row) {
        if (uniform.nextFloat() >= share) {
            return;
        }
        for (int at = row * width(); at < row * width() + NUMBERS * spans.size(); at += NUMBERS) {
            moves[at] = (float) (SHIFT * (2 * uniform.nextDouble() - 1));
            moves[at + 1] = (float) (SHIFT * (2 * uniform.nextDouble() - 1));
            // Never zero, which is for no square at all.
            moves[at + 2] = 1 - uniform.nextFloat();
            moves[at + 3] = 1 - uniform.nextFloat();
            moves[at + 4] = uniform.nextFloat() - .5f;
            moves[at + 5] = uniform.nextFloat() - .5f;
        }
    }

    /** The method {@code move(rows, moves) -> rows}, {@code [batch, width]} and {@code [batch, width()]}. */
    String source() {
        var parts = new ArrayList<String>();
        int end = 0;
        for (int i = 0; i < spans.size(); i++) {
            int start = spans.get(i).valueOffset();
            int next = start + spans.get(i).value().width();
            parts.add("torch.slice(rows, 1, %d, %d)".formatted(end, start));
            parts.add("self.move_image(torch.slice(rows, 1, %d, %d), torch.slice(moves, 1, %d, %d), %s)"
                    .formatted(
                            start,
                            next,
                            NUMBERS * i,
                            NUMBERS * (i + 1),
                            sides(spans.get(i).value())));
            end = next;
        }
        parts.add("torch.slice(rows, 1, %d, %d)".formatted(end, width));
        return IMAGE + MOVE.formatted(any() ? "torch.cat([%s], 1)".formatted(String.join(", ", parts)) : "rows");
    }

    private static String sides(Span.Value value) {
        if (value instanceof Span.Video video) {
            return "%d, %d, %d".formatted(video.frames() * video.channels(), video.height(), video.columns());
        }
        var image = (Span.Image) value;
        return "%d, %d, %d".formatted(image.channels(), image.height(), image.columns());
    }

    private static final String MOVE = """
            def move(self, rows: Tensor, moves: Tensor) -> Tensor:
              moved = rows
              if bool(torch.any(torch.ne(moves, 0.))):
                moved = %s
              return moved
            """;

    /** {@code from} is the place along a side that each pixel comes from, {@code [batch, side]}. */
    private static final String IMAGE = """
            def source(self, shift: Tensor, side: int) -> Tensor:
              return torch.sub(torch.arange(side, device=shift.device), torch.round(torch.mul(shift, side)))
            def cut(self, centre: Tensor, side: int) -> Tensor:
              middle = torch.add(torch.arange(side, device=centre.device), 0.5)
              near = torch.lt(torch.abs(torch.sub(middle, torch.mul(centre, side))), torch.div(side, 4))
              return torch.logical_and(near, torch.gt(centre, 0.))
            def move_image(self, pixels: Tensor, moves: Tensor, planes: int, height: int, columns: int) -> Tensor:
              m = torch.chunk(moves, 6, 1)
              down, right = self.source(m[0], height), self.source(m[1], columns)
              y, x = torch.clamp(down, 0, height - 1), torch.clamp(right, 0, columns - 1)
              inside = torch.logical_and(torch.unsqueeze(torch.eq(down, y), 2), torch.unsqueeze(torch.eq(right, x), 1))
              cut = torch.logical_and(torch.unsqueeze(self.cut(m[2], height), 2), torch.unsqueeze(self.cut(m[3], columns), 1))
              kept = torch.logical_and(inside, torch.logical_not(cut))
              place = torch.add(torch.unsqueeze(torch.mul(y, columns), 2), torch.unsqueeze(x, 1))
              lit = torch.add(torch.mul(pixels, torch.add(m[5], 1.)), m[4])
              flat = torch.reshape(lit, [-1, planes, height * columns])
              at = torch.expand(torch.to(torch.reshape(place, [-1, 1, height * columns]), 4), [-1, planes, -1])
              seen = torch.gather(flat, 2, at)
              return torch.reshape(torch.mul(seen, torch.reshape(kept, [-1, 1, height * columns])), [-1, planes * height * columns])
            """;
}
