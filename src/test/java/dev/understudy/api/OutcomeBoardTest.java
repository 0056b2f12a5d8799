package dev.understudy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.kafka.WireRecords;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OutcomeBoardTest {
    static {
        WireRecords.trust();
    }

    private final OutcomeBoard board = new OutcomeBoard();

    @Test
    void tellsTheLatestOutcomeUntilATombstone() throws InterruptedException {
        board.post("r", outcome("r", 1));
        board.post("r", outcome("r", 2));
        assertThat(board.outcome("r")).hasValueSatisfying(outcome -> assertThat(outcome.getDelivered())
                .isEqualTo(2));
        assertThat(board.await("r", Duration.ZERO)).isPresent();

        board.post("r", null);
        assertThat(board.outcome("r")).isEmpty();
        assertThat(board.await("r", Duration.ZERO)).isEmpty();
    }

    @Test
    void forgetsTheRequestsThatWereHeardOfLongestAgo() {
        for (int i = 0; i < OutcomeBoard.LIMIT; i++) {
            board.post("r" + i, outcome("r" + i, 0));
        }
        board.post("r0", outcome("r0", 1));
        board.post("new", outcome("new", 0));

        assertThat(board.outcome("r0")).isPresent();
        assertThat(board.outcome("r1")).isEmpty();
        assertThat(board.outcome("r2")).isPresent();
        assertThat(board.outcome("new")).isPresent();
    }

    private static RequestOutcome outcome(String request, long delivered) {
        return RequestOutcome.newBuilder()
                .setRequest(request)
                .setStatus(RequestStatus.ACCEPTED)
                .setModel("m")
                .setRequested(10)
                .setDelivered(delivered)
                .setAt(Instant.EPOCH)
                .build();
    }
}
