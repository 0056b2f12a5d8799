package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectiveTest {

    private static final String GRADIENTS = """
            def gradients(self, real32: Tensor, fake32: Tensor) -> Tensor:
              real, fake = real32.detach().requires_grad_(), fake32.detach().requires_grad_()
              critic = torch.sum(self.critic_loss(real, fake))
              generator = torch.sum(self.generator_loss(real, fake))
              c = torch.grad([critic], [real, fake], None, True, False, False)
              g = torch.grad([generator], [fake], None, True, False, False)
              return torch.cat([unchecked_cast(Tensor, c[0]), unchecked_cast(Tensor, c[1]), unchecked_cast(Tensor, g[0])])
            """;

    @ParameterizedTest
    @EnumSource(Objective.class)
    void theCriticLiftsRealScoresAndTheGeneratorFakeOnes(Objective objective) {
        // Given scores that no loss treats as settled
        var source = TrainingScript.losses(objective.loss()) + GRADIENTS;
        try (var program = new Program(Device.CPU, source)) {
            // When
            float[] gradients = program.differentiate(
                    "gradients", program.array(new float[] {0.2f}), program.array(new float[] {-0.3f}));
            // Then losses fall as the critic's real score rises, its fake score falls, and the generator's fake score
            // rises
            assertThat(gradients[0]).isNegative();
            assertThat(gradients[1]).isPositive();
            assertThat(gradients[2]).isNegative();
        }
    }
}
