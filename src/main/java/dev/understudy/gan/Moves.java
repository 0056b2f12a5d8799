package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * How rows are changed before the critic sees them. Gradients pass; a row depends on its own moves alone.
 *
 * <p>Images and videos are moved: brighter or darker, with more or less contrast, shifted by up to an eighth of a side, and a square
 * of half of the sides cut out. What comes in from outside and what is cut out is mid-grey, 0. A move is six numbers: the shift down
 * and to the right, the centre of the square from the top and from the left, all as shares of the sides; brightness to add, and
 * contrast to add to 1. Zeros leave an image as it is, bit for bit. All frames of a video move alike.
 *
 * <p>Choices and scalars are swapped, field by field, for those of other real rows: after the moves of a row's images come the
 * floats that take the place of its own, NaN where these stay.
 *
 * <p><em>Source</em>: of images, Zhao et al. 2020, arXiv 2006.10738, section 4; swap noise is common in autoencoders of tables
 * (Jahrer 2017), here on both sides of the critic, so that what it compares stays comparable.
 */
final class Moves {

    private static final int NUMBERS = 6;
    private static final double SHIFT = .125;

    private final RowShape shape;
    private final List<Span> spans;
    private final double swaps;
    private final int dense;
    private final int width;

    /**
     * @param swaps share of choices and scalars that are swapped
     */
    Moves(RowShape shape, double swaps) {
        this.shape = shape;
        this.swaps = swaps;
        this.dense = swaps > 0 ? shape.choices() + shape.scalars() : 0;
        this.spans = shape.separate().stream()
                .filter(span -> span.value() instanceof Span.Image || span.value() instanceof Span.Video)
                .toList();
        this.width = shape.width();
    }

    /** Whether there are images to move. */
    boolean any() {
        return !spans.isEmpty();
    }

    /** Floats of a row's moves; one, unread, if there is nothing to move or to swap. */
    int width() {
        return Math.max(1, numbers() + dense);
    }

    private int numbers() {
        return NUMBERS * spans.size();
    }

    /** Draws which choices and scalars of one row are swapped for those of others of the batch, {@code [batch, any]}. */
    void swap(UniformRandomProvider uniform, float[] real, float[] moves, int row) {
        int from = row * width() + numbers();
        Arrays.fill(moves, from, from + dense, Float.NaN);
        int batch = real.length / shape.width();
        for (Span span : dense == 0 ? List.<Span>of() : shape.spans()) {
            if (uniform.nextDouble() < swaps) {
                int other = uniform.nextInt(batch) * shape.width();
                take(real, other, moves, from, span.choiceOffset(), span.choices());
                take(
                        real,
                        other,
                        moves,
                        from,
                        span.valueOffset(),
                        span.separate() ? 0 : span.value().width());
            }
        }
    }

    private static void take(float[] rows, int row, float[] moves, int from, int offset, int count) {
        System.arraycopy(rows, row + offset, moves, from + offset, count);
    }

    /** Draws the moves of one row, with probability {@code share}; else they stay zeros. */
    void draw(UniformRandomProvider uniform, float share, float[] moves, int row) {
        if (uniform.nextFloat() >= share) {
            return;
        }
        for (int at = row * width(); at < row * width() + numbers(); at += NUMBERS) {
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
        return IMAGE + "def move(self, rows: Tensor, moves: Tensor) -> Tensor:\n"
                + (any() ? MOVE.formatted(numbers(), images()) : "")
                + (dense > 0 ? SWAP.formatted(numbers(), numbers() + dense, dense, dense) : "")
                + "  return rows\n";
    }

    private String images() {
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
        return "torch.cat([%s], 1)".formatted(String.join(", ", parts));
    }

    private static String sides(Span.Value value) {
        if (value instanceof Span.Video video) {
            return "%d, %d, %d".formatted(video.frames() * video.channels(), video.height(), video.columns());
        }
        var image = (Span.Image) value;
        return "%d, %d, %d".formatted(image.channels(), image.height(), image.columns());
    }

    private static final String MOVE = """
              if bool(torch.any(torch.ne(torch.slice(moves, 1, 0, %d), 0.))):
                rows = %s
            """;

    private static final String SWAP = """
              swaps = torch.slice(moves, 1, %d, %d)
              swapped = torch.where(torch.isnan(swaps), torch.slice(rows, 1, 0, %d), swaps)
              rows = torch.cat([swapped, torch.slice(rows, 1, %d)], 1)
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
