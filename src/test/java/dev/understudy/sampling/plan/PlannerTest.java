package dev.understudy.sampling.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.kafka.WireRecords;
import dev.understudy.wire.GenerationRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    static {
        WireRecords.trust();
    }

    private static final Versions ANY = new Versions() {
        @Override
        public boolean defined(String model) {
            return true;
        }

        @Override
        public OptionalInt live(String model) {
            return OptionalInt.of(1);
        }

        @Override
        public Optional<Refusal> objection(String model, int version, Map<String, Object> given) {
            return Optional.empty();
        }
    };

    private final Planner planner = new Planner(ANY, new Limits(1000, 10, 8, 8, 8));
    private final Agenda agenda = new Agenda();

    @Test
    void whatOpenRequestsHaveGivenIsBoundedTogether() {
        GenerationRequest request = GenerationRequest.newBuilder()
                .setId("a")
                .setModel("m")
                .setCount(1)
                .setGiven(Map.of("name", "x".repeat(96)))
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
