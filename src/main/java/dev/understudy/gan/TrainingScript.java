package dev.understudy.gan;

import java.util.List;

/**
 * One adversarial step as one call: both forward passes, the losses and the penalty, both backward passes, both optimizers and
 * the weight average.
 *
 * <p>The critic's step and the generator's share one batch of fakes, and the generator's loss reuses the scores that the
 * critic gave to the real rows before it moved. Real and made rows are moved alike before the critic sees them, in both steps.
 *
 * <p><em>Source</em>: Adam, Kingma and Ba 2015, arXiv 1412.6980, algorithm 1.
 */
final class TrainingScript {

    /**
     * Moves {@code w} in place by a gradient scaled down to norm {@code h[2]}, and returns the norm it had. The lists are made
     * by an operator: a call that writes to the elements of a list display is taken for dead code, and dropped.
     */
    static final String ADAM = """
            def adam(self, w: Tensor, gradient: Tensor, mean: Tensor, square: Tensor, h: Tensor) -> Tensor:
              norm = torch.norm(gradient)
              scale = torch.clamp(torch.div(norm, h[2]), 1.)
              weights, gradients = torch.chunk(w, 1), torch.chunk(gradient, 1)
              means, squares = torch.chunk(mean, 1), torch.chunk(square, 1)
              none = annotate(List[Tensor], [])
              torch._fused_adam_(weights, gradients, means, squares, none, [h[0]], lr=float(h[1]), beta1=float(h[3]), beta2=float(h[4]), weight_decay=0., eps=1e-8, amsgrad=False, maximize=False, grad_scale=scale)
              return norm
            """;

    private static final String STEP = """
            def step(self, g: Tensor, gm: Tensor, gv: Tensor, average: Tensor, c: Tensor, cm: Tensor, cv: Tensor, rows: Tensor, given: Tensor, mask: Tensor, noise: Tensor, mix: Tensor, moves: Tensor, numbers: Tensor) -> Tensor:
              h = torch.select(numbers, 0, 0)
              gw = g.detach().requires_grad_()
              made = self.generator(gw, noise, given, mask)
              weights = torch.slice(h, 0, 6)
              steep = bool(torch.gt(torch.sum(weights), 0.))
              both = self.move(torch.cat([rows, made.detach()]), torch.cat([moves, moves]))
              if steep:
                both = both.requires_grad_()
              cw = c.detach().requires_grad_()
              scores = self.critic(cw, both)
              pair = torch.chunk(scores, 2)
              critic = torch.mean(self.critic_loss(pair[0], pair[1]))
              penalty = torch.zeros_like(critic)
              if steep:
                penalty = self.penalty(cw, both, scores, mix, weights)
              gradient = unchecked_cast(Tensor, torch.grad([torch.add(critic, penalty)], [cw], None, False, False, False)[0])
              norm = self.adam(c, gradient, cm, cv, h)
              generator = torch.mean(self.generator_loss(pair[0].detach(), self.critic(c, self.move(made, moves))))
              gradient = unchecked_cast(Tensor, torch.grad([generator], [gw], None, False, False, False)[0])
              generator_norm = self.adam(g, gradient, gm, gv, h)
              average.lerp_(g, 1. - float(h[5]))
              return torch.stack([critic.detach(), generator.detach(), penalty.detach(), norm, generator_norm])
            """;

    private TrainingScript() {}

    /**
     * The script, in which {@code step} writes to its first seven arguments.
     *
     * @param columns floats of each part of a row that has a penalty of its own
     * @param moves of images before the critic sees them
     */
    static String of(Objective objective, List<Integer> columns, Network generator, Network critic, Moves moves) {
        return String.join(
                "\n",
                generator.source(),
                critic.source(),
                moves.source(),
                losses(objective.loss()),
                objective.penalty().source(columns),
                ADAM,
                STEP);
    }

    /** The two losses as methods {@code critic_loss} and {@code generator_loss} of (real, fake). */
    static String losses(Loss loss) {
        return """
                def critic_loss(self, real: Tensor, fake: Tensor) -> Tensor:
                  return %s
                def generator_loss(self, real: Tensor, fake: Tensor) -> Tensor:
                  return %s
                """.formatted(named(loss.critic()), named(loss.generator()));
    }

    private static String named(String expression) {
        return expression.replaceAll("softplus|relu", "torch.$0");
    }
}
