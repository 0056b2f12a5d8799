package dev.understudy.gan;

import java.util.List;

/**
 * What keeps the critic's slope in bounds, as a method {@code penalty(cw, both, scores, mix, weights)} of the step's
 * script: {@code both} holds the real rows, then the fake ones; {@code weights} are its weights by part.
 */
enum GradientPenalty {
    /**
     * R1 and R2: γ/2 · (mean |∇D|² at real rows + the same at fake rows), the gradient taken by part. Mescheder et al. 2018,
     * arXiv 1801.04406, equation 9; both together in Huang et al. 2024, arXiv 2501.05441.
     */
    ZERO_CENTRED("""
            def penalty(self, cw: Tensor, both: Tensor, scores: Tensor, mix: Tensor, weights: Tensor) -> Tensor:
              slope = unchecked_cast(Tensor, torch.grad([torch.sum(scores)], [both], None, True, True, False)[0])
              squares = torch.sum(torch.mul(slope, slope), [0])
              return torch.div(torch.dot(squares, torch.repeat_interleave(weights, torch.tensor(COLUMNS, device=weights.device), 0)), torch.size(both, 0))
            """),
    /**
     * λ · mean (|∇D| - 1)² at random points between real and fake rows, λ being the largest weight. Gulrajani et al. 2017, arXiv
     * 1704.00028, equation 3.
     */
    ONE_CENTRED("""
            def penalty(self, cw: Tensor, both: Tensor, scores: Tensor, mix: Tensor, weights: Tensor) -> Tensor:
              ends = torch.chunk(both.detach(), 2)
              between = torch.lerp(ends[1], ends[0], mix).requires_grad_()
              score = torch.sum(self.critic(cw, between))
              slope = unchecked_cast(Tensor, torch.grad([score], [between], None, True, True, False)[0])
              norm = torch.sqrt(torch.add(torch.sum(torch.mul(slope, slope), [1]), 1e-12))
              return torch.max(weights) * torch.mean(torch.square(torch.sub(norm, 1.)))
            """);

    private final String source;

    GradientPenalty(String source) {
        this.source = source;
    }

    /** The method, for rows of parts of so many columns each. */
    String source(List<Integer> columns) {
        return source.replace("COLUMNS", columns.toString());
    }
}
