package dev.understudy.sampling.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.kafka.WireRecords;
import dev.understudy.sampling.SmallModels;
import dev.understudy.wire.GenerationRequest;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    static {
        WireRecords.trust();
    }

    private final Planner planner = new Planner(new SmallModels(), new Limits(1000, 10, 8, 8, 8));
    private final Agenda agenda = new Agenda();

    @Test
    void whatOpenRequestsHaveGivenIsBoundedTogether() {
        GenerationRequest request = GenerationRequest.newBuilder()
                .setId("a")
                .setModel("small")
                .setCount(1)
                .setGiven(Map.of("label", "x".repeat(95)))
                .build();

        Accepted accepted = (Accepted) planner.plan(request, 0, agenda.load(), NOW);
        agenda.opened(accepted.request());
        assertThat(agenda.load()).isEqualTo(new Load(1, 100));

        long most = Limits.MOST_OPEN_GIVEN_BYTES;
        assertThat(planner.plan(request, 0, new Load(1, most - 100), NOW)).isInstanceOf(Accepted.class);
        assertThat(planner.plan(request, 0, new Load(1, most - 99), NOW))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo("overloaded");
                    assertThat(refusal.message()).contains("67108864");
                });

        agenda.closed(accepted.request());
        assertThat(agenda.load()).isEqualTo(new Load(0, 0));
    }
}
