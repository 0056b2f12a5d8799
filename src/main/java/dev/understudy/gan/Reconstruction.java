package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a completed record is from the real one whose image was given in part: the mean absolute error of its hidden pixels, plus
 * the absolute errors of its choices and scalars. Added to the generator's loss, it says which of all completions that the critic
 * would believe are likely ones.
 *
 * <p><em>Source</em>: Pathak et al. 2016, arXiv 1604.07379, section 3.2; absolute errors after Isola et al. 2017, arXiv 1611.07004.
 */
final class Reconstruction {

    private Reconstruction() {}

    /** The method {@code reconstruction(made, rows, given) -> []}; rows of whose images nothing or all is given count as zero. */
    static String source(RowShape shape, Networks networks, double weight) {
        List<String> parts = new ArrayList<>();
        for (Span span : networks.completes() && weight > 0 ? shape.images() : List.<Span>of()) {
            int from = span.valueOffset();
            parts.add("self.completed(made, rows, given, %d, %d, %d)"
                    .formatted(from, from + span.value().width(), shape.choices() + shape.scalars()));
        }
        String sum = parts.isEmpty()
                ? "torch.zeros([], dtype=made.dtype, device=made.device)"
                : "torch.mul(torch.mean(%s), %s)".formatted(String.join(" + ", parts), weight);
        return COMPLETED
                + "def reconstruction(self, made: Tensor, rows: Tensor, given: Tensor) -> Tensor:\n  return %s\n"
                        .formatted(sum);
    }

    private static final String COMPLETED = """
            def completed(self, made: Tensor, rows: Tensor, given: Tensor, begin: int, end: int, dense: int) -> Tensor:
              part = torch.slice(given, 1, begin, end)
              hidden = torch.ne(part, part)
              count = torch.sum(hidden, [1])
              partly = torch.logical_and(torch.gt(count, 0), torch.lt(count, end - begin))
              errors = torch.abs(torch.sub(made, rows))
              pixels = torch.sum(torch.mul(torch.slice(errors, 1, begin, end), hidden), [1])
              error = torch.add(torch.div(pixels, torch.clamp(count, 1)), torch.sum(torch.slice(errors, 1, 0, dense), [1]))
              return torch.mul(error, partly)
            """;
}
