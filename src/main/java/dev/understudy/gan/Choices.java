package dev.understudy.gan;

import dev.understudy.codec.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Turns logits plus Gumbel noise into one-hot choices, exactly one-hot forward and a softmax backward.
 *
 * <p>Fields of like size are drawn together, padded to a power of two, so that a wide row costs as few operators as a narrow
 * one and at most twice its floats.
 *
 * <p><em>Source</em>: straight-through Gumbel-softmax, Jang et al. 2017, arXiv 1611.01144, section 2.2.
 */
final class Choices {

    private final Collection<List<Span>> groups;
    private final double temperature;

    Choices(List<Span> spans, double temperature) {
        this.groups = spans.stream()
                .filter(span -> span.choices() > 0)
                .collect(Collectors.groupingBy(Choices::paddedSize, TreeMap::new, Collectors.toList()))
                .values();
        this.temperature = temperature;
    }

    private static int paddedSize(Span span) {
        return span.choices() <= 2 ? 2 : 2 * Integer.highestOneBit(span.choices() - 1);
    }

    /** {@code [batch, choices]} logits to {@code [batch, choices]} one-hot floats. */
    Var draw(Script script, Var logits) {
        int classes = logits.width();
        var padded = script.line(List.of(classes + 1), "torch.constant_pad_nd(%s, [0, 1], -1e9)", logits);
        var drawn = new ArrayList<Var>();
        var places = new Integer[classes];
        int start = 0;
        for (List<Span> group : groups) {
            int size = paddedSize(group.get(0));
            drawn.add(oneHot(script, script.select(padded, columns(group, size, classes)), group.size(), size));
            for (Span span : group) {
                for (int i = 0; i < span.choices(); i++) {
                    places[span.choiceOffset() + i] = start + i;
                }
                start += size;
            }
        }
        return script.select(script.concatenate(drawn), List.of(places));
    }

    /** The columns of each span, filled up with the padding column. */
    private static List<Integer> columns(List<Span> group, int size, int padding) {
        return group.stream()
                .flatMap(span ->
                        IntStream.range(0, size).mapToObj(i -> i < span.choices() ? span.choiceOffset() + i : padding))
                .toList();
    }

    private Var oneHot(Script script, Var logits, int fields, int size) {
        var scores = script.reshape(logits, fields, size);
        return script.reshape(straightThrough(script, scores, temperature), fields * size);
    }

    /**
     * One-hot along the last of two axes {@code [fields, classes]}, with the gradient of a softmax.
     *
     * @param scores logits with their Gumbel numbers added
     */
    static Var straightThrough(Script script, Var scores, double temperature) {
        var hard = script.line(
                scores.shape(),
                "torch.scatter(torch.zeros_like(%s), 2, torch.argmax(%s, 2, True), 1.)",
                scores,
                scores);
        if (script.serving()) {
            return hard;
        }
        var soft = script.line(scores.shape(), "torch.softmax(torch.div(%s, %s), 2)", scores, temperature);
        // hard + (soft - soft) is exactly hard, with the gradient of soft.
        return script.line(scores.shape(), "torch.add(%s, torch.sub(%s, torch.detach(%s)))", hard, soft, soft);
    }
}
