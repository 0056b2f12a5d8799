package dev.understudy.sampling.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.kafka.WireRecords;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.Priority;
import dev.understudy.wire.internal.BatchResult;
import dev.understudy.wire.internal.OpenRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReleasesTest {
    private static final int SIZE = 8;
    private static final List<Priority> PRIORITIES = List.of(Priority.values());
    private static final int WINDOW = 64;
    private static final int QUOTA = 96;
    private static final Limits LIMITS = new Limits(10_000, 1000, SIZE, WINDOW, QUOTA);

    static {
        WireRecords.trust();
    }

    /** A planner without Kafka: accounts, what is out, and what was delivered. */
    private static final class Desk implements Accounts {
        final Ledger ledger = new Ledger(LIMITS);
        final Map<String, OpenRequest> open = new HashMap<>();
        final List<NoiseBatch> out = new ArrayList<>();
        final Map<String, Integer> delivered = new HashMap<>();
        Releases releases = new Releases(ledger, LIMITS);

        @Override
        public OpenRequest get(String id) {
            return open.get(id);
        }

        @Override
        public void put(OpenRequest request) {
            open.put(request.getId(), request);
        }

        void open(String id, String tenant, Priority priority, long count) {
            goOn(OpenRequest.newBuilder()
                    .setId(id)
                    .setTenant(tenant)
                    .setPriority(priority)
                    .setModel("m")
                    .setVersion(1)
                    .setSeed(7)
                    .setCount(count)
                    .build());
        }

        List<NoiseBatch> goOn(OpenRequest request) {
            put(request);
            releases.note(request);
            List<NoiseBatch> batches = releases.release(request.getTenant(), this);
            out.addAll(batches);
            open.values().removeIf(ledger::over);
            return batches;
        }

        List<NoiseBatch> settle(NoiseBatch batch) {
            out.remove(batch);
            delivered.merge(batch.getRequest(), batch.getCount(), Integer::sum);
            OpenRequest settled = ledger.settle(get(batch.getRequest()), result(batch));
            releases.settled(settled, batch.getCount());
            return goOn(settled);
        }

        void restart() {
            releases = new Releases(ledger, LIMITS);
            open.values().forEach(releases::restore);
        }

        int inFlight(String tenant) {
            return out.stream()
                    .filter(batch -> batch.getTenant().equals(tenant))
                    .mapToInt(NoiseBatch::getCount)
                    .sum();
        }

        int outOf(String request) {
            return out.stream()
                    .filter(batch -> batch.getRequest().equals(request))
                    .mapToInt(NoiseBatch::getCount)
                    .sum();
        }

        private static BatchResult result(NoiseBatch batch) {
            return BatchResult.newBuilder()
                    .setRequest(batch.getRequest())
                    .setFirstIndex(batch.getFirstIndex())
                    .setSamples(batch.getCount())
                    .setDelivered(batch.getCount())
                    .build();
        }
    }

    private final Desk desk = new Desk();

    /** Whatever is asked for and however it comes back, also over restarts: no quota is exceeded, and nobody waits for ever. */
    @Property(tries = 100, seed = "7")
    void keepsTheQuotaAndServesEverybody(@ForAll int randomness) {
        Random random = new Random(randomness);
        Desk busy = new Desk();
        Map<String, Integer> wanted = new HashMap<>();
        int requests = 1 + random.nextInt(40);
        while (wanted.size() < requests || !busy.out.isEmpty()) {
            if (wanted.size() < requests && (busy.out.isEmpty() || random.nextInt(3) == 0)) {
                int count = 1 + random.nextInt(random.nextBoolean() ? 4 : 300);
                String id = "r" + wanted.size();
                wanted.put(id, count);
                busy.open(id, "t" + random.nextInt(3), PRIORITIES.get(random.nextInt(3)), count);
            } else {
                busy.settle(busy.out.get(random.nextInt(busy.out.size())));
            }
            if (random.nextInt(50) == 0) {
                busy.restart();
            }
            for (int tenant = 0; tenant < 3; tenant++) {
                assertThat(busy.inFlight("t" + tenant)).isLessThanOrEqualTo(QUOTA);
            }
            busy.open.values().forEach(request -> assertThat(request.getReleased() - request.getFloor())
                    .isLessThanOrEqualTo(WINDOW));
        }
        assertThat(busy.open).isEmpty();
        assertThat(busy.delivered).isEqualTo(wanted);
        assertThat(busy.releases.waitingForQuota() + busy.releases.waitingForWindow())
                .isZero();
    }

    @Test
    void whoIsAloneHasTheWholeWindow() {
        desk.open("a", "", Priority.BULK, 1000);

        assertThat(desk.outOf("a")).isEqualTo(WINDOW);
        assertThat(desk.releases.waitingForWindow()).isEqualTo(1);
        assertThat(desk.releases.waitingForQuota()).isZero();
    }

    @Test
    void aSmallRequestTakesNothingFromALargeOne() {
        desk.open("small", "", Priority.INTERACTIVE, 1);
        desk.open("large", "", Priority.BULK, 1000);

        assertThat(desk.outOf("small")).isEqualTo(1);
        assertThat(desk.outOf("large")).isEqualTo(WINDOW);
    }

    @Test
    void severalShareTheWindowByTheirPriority() {
        desk.open("bulk", "", Priority.BULK, 1000);
        desk.open("normal", "", Priority.NORMAL, 1000);
        // What the first had out before the second came runs down first
        for (int i = 0; i < 100; i++) {
            desk.settle(desk.out.get(0));
        }

        assertThat(desk.outOf("normal")).isEqualTo(48); // 4/5 of 64, in whole batches
        assertThat(desk.outOf("bulk")).isEqualTo(8); // 1/5
    }

    @Test
    void tenantsShareTheWindowEvenlyHoweverManyRequestsOneHas() {
        for (int i = 0; i < 20; i++) {
            desk.open("a" + i, "a", Priority.INTERACTIVE, 1000);
        }
        desk.open("b", "b", Priority.BULK, 1000);

        assertThat(desk.outOf("b")).isEqualTo(WINDOW / 2);
    }

    @Test
    void requestsOfATenantTakeTurnsWhileItsQuotaIsFull() {
        IntStream.range(0, 12).forEach(i -> desk.open("first" + i, "t", Priority.NORMAL, SIZE));
        desk.open("a", "t", Priority.NORMAL, 3 * SIZE);
        desk.open("b", "t", Priority.NORMAL, 3 * SIZE);
        assertThat(desk.releases.waitingForQuota()).isEqualTo(2);

        List<String> released = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            desk.settle(desk.out.get(0)).forEach(batch -> released.add(batch.getRequest()));
        }

        assertThat(released).containsExactly("a", "b", "a", "b", "a", "b");
    }

    @Test
    void whatIsUrgentIsReleasedFirstOnceTheQuotaHasRoom() {
        IntStream.range(0, 12).forEach(i -> desk.open("bulk" + i, "t", Priority.BULK, 2 * SIZE));
        desk.open("urgent", "t", Priority.INTERACTIVE, 1);

        assertThat(desk.settle(desk.out.get(0)).get(0).getRequest()).isEqualTo("urgent");
    }

    @Test
    void whoIsCancelledInLineLetsOthersGo() {
        IntStream.range(0, 12).forEach(i -> desk.open("first" + i, "t", Priority.NORMAL, SIZE));
        desk.open("a", "t", Priority.NORMAL, SIZE);
        desk.open("b", "t", Priority.NORMAL, SIZE);
        desk.goOn(desk.ledger.cancel(desk.get("a")));

        assertThat(desk.open).doesNotContainKey("a");
        assertThat(desk.settle(desk.out.get(0)))
                .extracting(NoiseBatch::getRequest)
                .containsExactly("b");
    }

    @Test
    void aBatchHasThePriorityOfItsRequest() {
        desk.open("a", "t", Priority.INTERACTIVE, 1);

        assertThat(desk.out.get(0).getPriority()).isEqualTo(Priority.INTERACTIVE);
    }
}
