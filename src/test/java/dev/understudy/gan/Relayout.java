package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** A layout after another, for tests: fields are known by their names, classes by their order, the last one by being last. */
record Relayout(RowShape before, RowShape next) {

    /** Spans as the parts of a row have it, wherever these lie, with classes of even frequencies. */
    static RowShape laidOut(List<Span> spans) {
        int choices = spans.stream().mapToInt(Span::choices).sum();
        int scalars = (int) spans.stream()
                .filter(span -> span.value() instanceof Span.Scalar)
                .count();
        int choice = 0;
        int scalar = choices;
        int separate = choices + scalars;
        var laidOut = new ArrayList<Span>();
        var frequencies = new ArrayList<Float>();
        for (Span span : spans) {
            int at = span.separate() ? separate : scalar;
            laidOut.add(new Span(span.field(), choice, span.choices(), at, span.value()));
            frequencies.addAll(Collections.nCopies(span.choices(), 1f / span.choices()));
            choice += span.choices();
            scalar += span.value() instanceof Span.Scalar ? 1 : 0;
            separate += span.separate() ? span.value().width() : 0;
        }
        return new RowShape(laidOut, choices, scalars, separate, frequencies);
    }

    static Span field(String name, int choices, Span.Value value) {
        return new Span(name, 0, choices, 0, value);
    }

    Relayout back() {
        return new Relayout(/* before= */ next, /* next= */ before);
    }

    int[] origins() {
        int[] origins = new int[next.width()];
        Arrays.fill(origins, -1);
        for (Span is : next.spans()) {
            before.spans().stream()
                    .filter(was -> was.field().equals(is.field()))
                    .forEach(was -> origins(was, is, origins));
        }
        return origins;
    }

    private static void origins(Span was, Span is, int[] origins) {
        int both = Math.min(was.choices(), is.choices());
        for (int i = 0; i < both - 1; i++) {
            origins[is.choiceOffset() + i] = was.choiceOffset() + i;
        }
        if (both > 0) {
            origins[is.choiceOffset() + is.choices() - 1] = was.choiceOffset() + was.choices() - 1;
        }
        for (int i = 0; was.value().equals(is.value()) && i < is.value().width(); i++) {
            origins[is.valueOffset() + i] = was.valueOffset() + i;
        }
    }

    /** Rows of the layout before in the next one; every new float is {@code fill}. */
    float[] rows(float[] rows, float fill) {
        int[] origins = origins();
        return moved(rows, before.width(), next.width(), place -> origins[place], place -> fill);
    }

    /** Masks of the layout before in the next one. */
    float[] masks(float[] masks) {
        var names = before.spans().stream().map(Span::field).toList();
        return moved(
                masks,
                before.fields(),
                next.fields(),
                field -> names.indexOf(next.spans().get(field).field()),
                field -> 0);
    }

    /**
     * Noise that draws what noise of the layout before draws: no new class but the last of a choice that is new as a whole.
     *
     * @param rest Gumbel numbers of separate values
     */
    float[] noise(float[] noise, int latentBefore, int latent, int rest) {
        int[] origins = origins();
        int widthBefore = latentBefore + before.choices() + rest;
        return moved(
                noise,
                widthBefore,
                latent + next.choices() + rest,
                place -> origin(place, latentBefore, latent, origins),
                place -> place >= latent && lastOfNew(place - latent, origins) ? .5 : 0);
    }

    /** The last latents are those that were there. */
    private int origin(int place, int latentBefore, int latent, int[] origins) {
        if (place < latent) {
            return Math.max(-1, place - (latent - latentBefore));
        }
        int gumbel = place - latent;
        if (gumbel >= next.choices()) {
            return latentBefore + before.choices() + gumbel - next.choices();
        }
        return origins[gumbel] < 0 ? -1 : latentBefore + origins[gumbel];
    }

    private boolean lastOfNew(int choice, int[] origins) {
        return origins[choice] < 0
                && next.spans().stream().anyMatch(span -> choice == span.choiceOffset() + span.choices() - 1);
    }

    private static float[] moved(
            float[] rows, int widthBefore, int width, IntUnaryOperator origin, IntToDoubleFunction fresh) {
        int count = rows.length / widthBefore;
        float[] moved = new float[count * width];
        for (int row = 0; row < count; row++) {
            for (int place = 0; place < width; place++) {
                int from = origin.applyAsInt(place);
                moved[row * width + place] =
                        from < 0 ? (float) fresh.applyAsDouble(place) : rows[row * widthBefore + from];
            }
        }
        return moved;
    }

    static int[] identity(int width) {
        return IntStream.range(0, width).toArray();
    }
}
