package dev.understudy.gan;

import java.util.List;

/**
 * One adversarial step as four calls: the critic's gradient, its step, the generator's gradient, its step. Gradients of parts of
 * a batch add up to that of the whole, as all losses are means over rows: {@link AdversarialStep} computes them apart.
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

    /** The critic's gradient on rows of the batch, and what the generator's needs of it: the tape of the fakes is kept. */
    private static final String CRITIC = """
            def critic_gradient(self, g: Tensor, c: Tensor, rows: Tensor, given: Tensor, mask: Tensor, noise: Tensor, mix: Tensor, moves: Tensor, numbers: Tensor) -> List[Tensor]:
              h = torch.select(numbers, 0, 0)
              gw = g.detach().requires_grad_()
              made = self.generator(gw, noise, given, mask)
              weights = torch.slice(h, 0, 7)
              steep = bool(torch.gt(torch.sum(weights), 0.))
              both = self.move(torch.cat([rows, made.detach()]), torch.cat([moves, moves]))
              if steep:
                both = both.requires_grad_()
              cw = c.detach().requires_grad_()
              scores = self.critic(cw, both)
              pair = torch.chunk(scores, 2)
              loss = torch.mean(self.critic_loss(pair[0], pair[1]))
              penalty = torch.zeros_like(loss)
              if steep:
                penalty = self.penalty(cw, both, scores, mix, weights)
              parts = torch.mul(torch.stack([loss, penalty]), torch.div(torch.size(rows, 0), h[6]))
              gradient = unchecked_cast(Tensor, torch.grad([torch.sum(parts)], [cw], None, False, False, False)[0])
              return [gradient, parts.detach(), gw, made, pair[0].detach()]
            """;

    /** The generator's gradient against the critic that has moved. */
    private static final String GENERATOR = """
            def generator_gradient(self, c: Tensor, gw: Tensor, made: Tensor, real: Tensor, rows: Tensor, given: Tensor, moves: Tensor, numbers: Tensor) -> List[Tensor]:
              loss = torch.mean(self.generator_loss(real, self.critic(c, self.move(made, moves))))
              loss = torch.add(loss, self.reconstruction(made, rows, given))
              part = torch.mul(loss, torch.div(torch.size(real, 0), numbers[0][6]))
              gradient = unchecked_cast(Tensor, torch.grad([part], [gw], None, False, False, False)[0])
              return [gradient, part.detach()]
            """;

    private static final String DESCENT = """
            def sum(self, x: Tensor, y: Tensor) -> List[Tensor]:
              return [torch.add(x, y)]
            def move_critic(self, c: Tensor, cm: Tensor, cv: Tensor, gradient: Tensor, numbers: Tensor) -> List[Tensor]:
              return [self.adam(c, gradient, cm, cv, numbers[0])]
            def move_generator(self, g: Tensor, gm: Tensor, gv: Tensor, average: Tensor, gradient: Tensor, numbers: Tensor) -> List[Tensor]:
              norm = self.adam(g, gradient, gm, gv, numbers[0])
              average.lerp_(g, 1. - float(numbers[0][5]))
              return [norm]
            """;

    private TrainingScript() {}

    /**
     * The script, in which {@code move_critic} and {@code move_generator} write to their first arguments.
     *
     * @param columns floats of each part of a row that has a penalty of its own
     * @param moves of images before the critic sees them
     * @param reconstruction the method of {@link Reconstruction}
     */
    static String of(
            Objective objective,
            List<Integer> columns,
            Network generator,
            Network critic,
            Moves moves,
            String reconstruction) {
        return String.join(
                "\n",
                generator.source(),
                critic.source(),
                moves.source(),
                reconstruction,
                losses(objective.loss()),
                objective.penalty().source(columns),
                ADAM,
                CRITIC,
                GENERATOR,
                DESCENT);
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
