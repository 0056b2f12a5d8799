package dev.understudy.codec;

import java.util.Arrays;
import java.util.List;

/**
 * The layout of a row as data: all that networks must know of records.
 *
 * <p>A row is {@code float[width]}: first the {@code choices} one-hot floats of all fields, then the {@code scalars} of all
 * fields, then all other values (images, videos, strings, series); within each part in the order of the fields.
 *
 * @param spans in the order of the learned fields: one for each, several for a timestamp that is laid out in parts
 * @param choices floats of all one-hot choices together: indices {@code [0, choices)}
 * @param scalars number of scalars: indices {@code [choices, choices + scalars)}
 * @param width floats in a row
 * @param frequencies share of the real records in each class, {@code [choices]}, summing to 1 within each span
 */
public record RowShape(List<Span> spans, int choices, int scalars, int width, List<Float> frequencies) {

    public RowShape {
        spans = List.copyOf(spans);
        frequencies = List.copyOf(frequencies);
    }

    /** Number of spans: the width of a mask of what is given. */
    public int fields() {
        return spans.size();
    }

    /** The span that each float of a row belongs to, by its index. */
    public int[] owners() {
        int[] owners = new int[width];
        for (int field = 0; field < fields(); field++) {
            var span = spans.get(field);
            Arrays.fill(owners, span.choiceOffset(), span.choiceOffset() + span.choices(), field);
            Arrays.fill(
                    owners,
                    span.valueOffset(),
                    span.valueOffset() + span.value().width(),
                    field);
        }
        return owners;
    }

    /** The spans that hold an image. */
    public List<Span> images() {
        return spans.stream().filter(span -> span.value() instanceof Span.Image).toList();
    }

    /** The spans whose values lie behind the scalars: images, videos, strings and series. */
    public List<Span> separate() {
        return spans.stream().filter(Span::separate).toList();
    }
}
