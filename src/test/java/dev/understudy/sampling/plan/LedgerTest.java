package dev.understudy.sampling.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.kafka.WireRecords;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import dev.understudy.wire.internal.BatchResult;
import dev.understudy.wire.internal.OpenRequest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final int SIZE = 8;
    private static final int WINDOW = 40;
    private static final Instant NOW = Instant.EPOCH;

    static {
        WireRecords.trust();
    }

    private final Ledger ledger = new Ledger(new Limits(10_000, 10, SIZE, WINDOW, 10_000));

    /** However results come back, and whenever the request is cancelled: the account is exact, and closes. */
    @Property(tries = 200, seed = "7")
    void keepsAnExactAccount(
            @ForAll @IntRange(min = 1, max = 500) int count,
            @ForAll @IntRange(min = 0, max = 100) int cancelledAfter,
            @ForAll int order) {
        Random random = new Random(order);
        Deque<NoiseBatch> out = new ArrayDeque<>();
        OpenRequest request = released(request(count), out);
        long next = 0;
        for (int step = 0; !ledger.over(request); step++) {
            assertThat(out).isNotEmpty();
            long lowest =
                    out.stream().mapToLong(NoiseBatch::getFirstIndex).min().orElseThrow();
            assertThat(request.getReleased() - lowest).isLessThanOrEqualTo(WINDOW);
            NoiseBatch back = random.nextBoolean() ? out.pollFirst() : out.pollLast();
            next += back.getCount();
            BatchResult result = result(back, back.getCount(), null);
            assertThat(ledger.fresh(request, result)).isEqualTo(back.getCount());
            request = ledger.settle(request, result);
            assertThat(ledger.fresh(request, result)).as("a second time").isZero();
            if (step == cancelledAfter) {
                request = ledger.cancel(request);
            }
            request = released(request, out);
        }

        RequestOutcome outcome = ledger.outcome(request, NOW);
        assertThat(out).isEmpty();
        assertThat(outcome.getDelivered()).isEqualTo(next).isLessThanOrEqualTo(count);
        assertThat(outcome.getStatus() == RequestStatus.COMPLETED).isEqualTo(next == count);
    }

    @Test
    void splitsIntoFullBatchesThatCountOn() {
        Deque<NoiseBatch> out = new ArrayDeque<>();

        released(request(20), out);

        assertThat(out).extracting(NoiseBatch::getFirstIndex).containsExactly(0L, 8L, 16L);
        assertThat(out).extracting(NoiseBatch::getCount).containsExactly(8, 8, 4);
        assertThat(out).extracting(NoiseBatch::getBatch).containsExactly(0, 1, 2);
        assertThat(out).allSatisfy(batch -> assertThat(batch.getPlanned()).isTrue());
    }

    @Test
    void aBatchThatFallsShortEndsTheRequestButWaitsForTheOthers() {
        Deque<NoiseBatch> out = new ArrayDeque<>();
        OpenRequest request = released(request(100), out);

        request = ledger.settle(request, result(out.poll(), 3, "generation-failed"));

        assertThat(ledger.over(request)).isFalse();
        assertThat(ledger.unreleased(request)).isFalse();
        while (!out.isEmpty()) {
            request = ledger.settle(request, result(out.peek(), out.poll().getCount(), null));
        }
        RequestOutcome outcome = ledger.outcome(request, NOW);
        assertThat(outcome.getStatus()).isEqualTo(RequestStatus.FAILED);
        assertThat(outcome.getCode()).isEqualTo("generation-failed");
        assertThat(outcome.getDelivered()).isEqualTo(WINDOW - SIZE + 3);
    }

    @Test
    void aBatchThatWasCalledOffEndsTheRequestAsCancelledWithWhatItDelivered() {
        Deque<NoiseBatch> out = new ArrayDeque<>();
        OpenRequest request = ledger.cancel(released(request(16), out));

        request = ledger.settle(request, result(out.poll(), 8, null));
        request = ledger.settle(request, result(out.poll(), 3, "cancelled"));

        RequestOutcome outcome = ledger.outcome(request, NOW);
        assertThat(outcome.getStatus()).isEqualTo(RequestStatus.CANCELLED);
        assertThat(outcome.getDelivered()).isEqualTo(11);
    }

    @Test
    void expectsNothingThatWasNotReleased() {
        Deque<NoiseBatch> out = new ArrayDeque<>();
        OpenRequest request = released(request(100), out);

        assertThat(List.of(
                        made(-SIZE, SIZE, SIZE),
                        made(WINDOW - 1, 2, 2),
                        made(Long.MAX_VALUE, 1, 1),
                        made(0, 0, 0),
                        made(0, Integer.MIN_VALUE, 0),
                        made(0, SIZE, -1),
                        made(0, SIZE, SIZE + 1)))
                .allMatch(result -> ledger.fresh(request, result) == 0);
        assertThat(ledger.fresh(request, made(0, SIZE, 0))).isEqualTo(SIZE);
    }

    /** As after a restart with another size of batches, or from noise that only says it was planned. */
    @Property(tries = 200, seed = "7")
    void countsEachSampleOnceHoweverResultsOverlap(@ForAll int order) {
        Random random = new Random(order);
        OpenRequest request = released(request(WINDOW), new ArrayDeque<>());
        boolean[] back = new boolean[WINDOW];
        for (int i = 0; i < 40 && !ledger.over(request); i++) {
            int first = random.nextInt(WINDOW);
            int samples = 1 + random.nextInt(WINDOW - first);
            BatchResult result = made(first, samples, samples);
            int fresh = 0;
            for (int sample = first; sample < first + samples; sample++) {
                fresh += back[sample] ? 0 : 1;
                back[sample] = true;
            }
            assertThat(ledger.fresh(request, result)).isEqualTo(fresh);
            request = ledger.settle(request, result);
        }
        request = ledger.settle(request, made(0, WINDOW, WINDOW));

        assertThat(ledger.over(request)).isTrue();
        assertThat(request.getFloor()).isEqualTo(WINDOW);
        assertThat(request.getEarly()).isEmpty();
        assertThat(ledger.outcome(request, NOW).getDelivered()).isEqualTo(WINDOW);
    }

    private static BatchResult made(long first, int samples, int delivered) {
        return BatchResult.newBuilder()
                .setRequest("r")
                .setFirstIndex(first)
                .setSamples(samples)
                .setDelivered(delivered)
                .build();
    }

    @Test
    void theFirstReasonToEndStays() {
        OpenRequest request = ledger.cancel(ledger.expire(released(request(100), new ArrayDeque<>())));

        assertThat(request.getEnding()).isEqualTo("EXPIRED");
    }

    @Test
    void refusesLimitsThatCannotWork() {
        assertThatThrownBy(() -> new Limits(1, 1, 8, 7, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("window")
                .hasMessageContaining("7");
        assertThatThrownBy(() -> new Limits(1, 1, 8, 8, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tenantQuota")
                .hasMessageContaining("7");
    }

    private OpenRequest released(OpenRequest request, Deque<NoiseBatch> out) {
        OpenRequest released = request;
        while (ledger.unreleased(released) && ledger.reach(released) <= WINDOW) {
            out.add(ledger.next(released));
            released = ledger.release(released, out.peekLast());
        }
        return released;
    }

    private static OpenRequest request(long count) {
        return OpenRequest.newBuilder()
                .setId("r")
                .setModel("m")
                .setVersion(1)
                .setCount(count)
                .setSeed(7)
                .build();
    }

    private static BatchResult result(NoiseBatch batch, int delivered, String code) {
        return BatchResult.newBuilder()
                .setFirstIndex(batch.getFirstIndex())
                .setRequest(batch.getRequest())
                .setSamples(batch.getCount())
                .setDelivered(delivered)
                .setCode(code)
                .setMessage(code)
                .build();
    }
}
