package dev.understudy.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.wire.GenerationRequest;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.Priority;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.Test;

/** Who waits for what, and what becomes of it meanwhile. */
class WaitingTest extends OnTheTopology {
    @Test
    void sharesAForwardPassBetweenRequests() {
        for (int i = 0; i < 4; i++) {
            requests.pipeInput("r" + i, request("r" + i, r -> r.setCount(2)));
        }
        settle();

        assertThat(models.passes).containsExactly(BATCH);
        assertThat(samples.readValuesToList()).hasSize(8);
        assertThat(finals(outcomes.readValuesToList())).hasSize(4);
    }

    @Test
    void letsAFragmentWaitUntilNothingComesAnyMore() {
        requests.pipeInput("r", request("r", r -> r.setCount(3)));
        assertThat(samples.isEmpty()).isTrue();

        settle();

        assertThat(samples.readValuesToList()).hasSize(3);
        assertThat(driver.getKeyValueStore(SamplingTopology.FRAGMENTS).approximateNumEntries())
                .isZero();
    }

    @Test
    void cancelsWhatIsNotMadeYetAndCountsWhatWas() {
        requests.pipeInput("r", request("r", r -> r.setCount(1000)));
        driver.advanceWallClockTime(AGE);
        driver.advanceWallClockTime(AGE);
        requests.pipeInput("r", (GenerationRequest) null);
        int made = samples.readValuesToList().size();
        settle();

        RequestOutcome last = onlyFinal();
        assertThat(last.getStatus()).isEqualTo(RequestStatus.CANCELLED);
        assertThat(last.getCode()).isEqualTo("cancelled");
        assertThat(last.getDelivered()).isEqualTo(made).isBetween((long) BATCH, 1000L - 1);
        assertThat(samples.isEmpty()).isTrue();
        assertThat(driver.getKeyValueStore(SamplingTopology.FRAGMENTS).approximateNumEntries())
                .isZero();
    }

    @Test
    void cancelsWhatIsReleasedAndWaits() {
        models.held = true;
        requests.pipeInput("r", request("r", r -> r.setCount(1000)));
        requests.pipeInput("other", request("other", r -> {}));
        requests.pipeInput("r", (GenerationRequest) null);

        RequestOutcome last = onlyFinal();
        assertThat(last.getStatus()).isEqualTo(RequestStatus.CANCELLED);
        assertThat(last.getDelivered()).isZero();
        models.held = false;
        settle();
        assertThat(samples.readKeyValuesToList())
                .extracting(sample -> sample.key)
                .containsExactly("other/0");
    }

    @Test
    void servesWhatIsUrgentBeforeWhatCameFirst() {
        requests.pipeInput("bulk", request("bulk", r -> r.setCount(100).setPriority(Priority.BULK)));
        requests.pipeInput("urgent", request("urgent", r -> r.setPriority(Priority.INTERACTIVE)));
        settle();

        List<String> keys =
                samples.readKeyValuesToList().stream().map(sample -> sample.key).toList();
        assertThat(keys).hasSize(101).startsWith("urgent/0", "bulk/0");
    }

    @Test
    void releasesNoMoreOfATenantThanItsQuotaAndSaysWhoWaits() {
        models.held = true;
        TestOutputTopic<String, NoiseBatch> released = output(topics.noise());
        for (int i = 0; i < 4; i++) {
            requests.pipeInput("r" + i, request("r" + i, r -> r.setTenant("t").setCount(30)));
        }
        requests.pipeInput("other", request("other", r -> r.setTenant("other")));

        assertThat(released.readValuesToList().stream()
                        .filter(batch -> batch.getTenant().equals("t"))
                        .mapToInt(NoiseBatch::getCount)
                        .sum())
                .isBetween(QUOTA - BATCH + 1, QUOTA);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(waiting("requests", "reason", "quota")).isEqualTo(2);
        assertThat(waiting("samples", "priority", "normal")).isBetween(QUOTA - BATCH + 2.0, QUOTA + 1.0);

        models.held = false;
        settle();
        assertThat(finals(outcomes.readValuesToList())).hasSize(5).allSatisfy(outcome -> assertThat(outcome.getStatus())
                .isEqualTo(RequestStatus.COMPLETED));
        assertThat(samples.readValuesToList()).hasSize(4 * 30 + 1);
        assertThat(waiting("requests", "reason", "quota")).isZero();
        assertThat(waiting("samples", "priority", "normal")).isZero();
    }

    private double waiting(String what, String tag, String value) {
        return registry.get("understudy.waiting." + what)
                .tag(tag, value)
                .gauge()
                .value();
    }

    @Test
    void ignoresATombstoneForNoOpenRequest() {
        requests.pipeInput("unheard-of", (GenerationRequest) null);
        settle();

        assertThat(outcomes.isEmpty()).isTrue();
    }

    @Test
    void expiresARequestWhoseDeadlinePassesWithTheExactCount() {
        models.held = true;
        requests.pipeInput("r", request("r", r -> r.setCount(1000).setDeadline(START.plusSeconds(5))));
        driver.advanceWallClockTime(Duration.ofSeconds(6));
        models.held = false;
        settle();

        RequestOutcome last = onlyFinal();
        assertThat(last.getStatus()).isEqualTo(RequestStatus.EXPIRED);
        assertThat(last.getCode()).isEqualTo("expired-deadline");
        assertThat(last.getDelivered()).isEqualTo(samples.readValuesToList().size());
    }

    @Test
    void neverHasMoreOutThanTheWindow() {
        models.held = true;
        requests.pipeInput("r", request("r", r -> r.setCount(1000)));

        assertThat(output(topics.noise()).readValuesToList().stream()
                        .mapToInt(NoiseBatch::getCount)
                        .sum())
                .isEqualTo(WINDOW);
        models.held = false;
        settle();
        assertThat(onlyFinal().getDelivered()).isEqualTo(1000);
        assertThat(samples.readValuesToList()).hasSize(1000);
    }
}
