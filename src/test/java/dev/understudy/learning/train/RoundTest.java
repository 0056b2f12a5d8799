package dev.understudy.learning.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import dev.understudy.gan.Recipe;
import dev.understudy.gan.Shards;
import dev.understudy.gan.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTest {
    private static final RowShape SHAPE =
            new RowShape(List.of(new Span("price", 0, 0, 0, new Span.Scalar())), 0, 1, 1, List.of());
    private static final Recipe RECIPE = Recipe.preset("small", SHAPE).withBatch(16);

    @Test
    void takesItsStepsInOrderAndReportsMeanLosses() {
        try (Trainer trainer = Trainer.create(SHAPE, RECIPE, 1, new float[0])) {
            List<Long> asked = new ArrayList<>();
            Round.Outcome outcome = Round.run(trainer, 3, Shards.WHOLE, step -> {
                asked.add(step);
                return new float[16];
            });
            assertThat(asked).containsExactly(0L, 1L, 2L);
            assertThat(((Round.Finished) outcome).losses())
                    .containsOnlyKeys("critic", "generator", "penalty", "gradientNorm")
                    .allSatisfy((name, loss) -> assertThat(loss).as(name).isFinite());
        }
    }

    @Test
    void endsAtOnceWhenALossIsNotFinite() {
        try (Trainer trainer = Trainer.create(SHAPE, RECIPE, 1, new float[0])) {
            float[] broken = new float[16];
            Arrays.fill(broken, Float.NaN);
            Round.Outcome outcome = Round.run(trainer, 5, Shards.WHOLE, step -> broken);
            assertThat(outcome).isInstanceOf(Round.Diverged.class);
            assertThat(trainer.steps()).isZero();
        }
    }
}
