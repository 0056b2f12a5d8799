package dev.understudy.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.understudy.PackagedApplication;
import dev.understudy.wire.RequestStatus;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What comes in by other topics turns against the flow: versions that change faster than requests are served, noise that is none.
 *
 * <p>System property {@code faults.seconds}: how long each goes on (60).
 */
class InputFaults {
    private static final int SECONDS = Integer.getInteger("faults.seconds", 60);

    /** Each request is of one version, and of more versions than are kept loaded. */
    @Test
    void modelSwaps() throws Exception {
        try (Deployment deployment = new Deployment("model-swaps")) {
            deployment.running("two");
            deployment.atWork("one");
            for (int version = 2; version <= SECONDS + 1; version++) {
                deployment.announce(version);
                TimeUnit.SECONDS.sleep(1);
            }
            deployment.heal(() -> {});
            deployment.note("swaps", SECONDS).assertWhole(RequestStatus.COMPLETED);
        }
    }

    /** What every process remembers holds what nobody can use: processes go on, and start again. */
    @Test
    void poisonedMemories() throws Exception {
        try (Deployment deployment = new Deployment("poisoned-memories");
                Poison poison = new Poison(deployment.clients(), deployment.topics())) {
            PackagedApplication generator = deployment.atWork("one");
            poison.dropIntoMemories();
            deployment.heal(() -> {});
            generator.kill();
            deployment.heal(generator::start);
            deployment.assertWhole(RequestStatus.COMPLETED);
        }
    }

    /** At least every tenth record of the noise topic is poison: nobody else notices. */
    @Test
    void poisonedNoise() throws Exception {
        try (Deployment deployment = new Deployment("poisoned-noise");
                Poison poison = new Poison(deployment.clients(), deployment.topics())) {
            deployment.atWork("one");
            for (int i = 0; i < SECONDS * Deployment.PER_SECOND / 5; i++) {
                poison.drop();
                TimeUnit.MILLISECONDS.sleep(5_000 / Deployment.PER_SECOND);
            }
            deployment.heal(() -> {});
            assertTold(deployment.witness(), poison);
            deployment
                    .note("poison", poison.unreadable() + poison.refused().size())
                    .note("deadLetters", poison.unreadable())
                    .assertWhole(RequestStatus.COMPLETED);
        }
    }

    /** What has a name is refused under it; what cannot be read, or has no name, is a dead letter. */
    private static void assertTold(Witness witness, Poison poison) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(witness.letters()).isEqualTo(poison.unreadable());
            assertThat(poison.refused()).allSatisfy(id -> assertThat(witness.finals(id))
                    .as(id)
                    .singleElement()
                    .satisfies(end -> assertThat(end.getStatus()).isEqualTo(RequestStatus.REFUSED)));
        });
    }
}
