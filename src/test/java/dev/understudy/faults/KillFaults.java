package dev.understudy.faults;

import dev.understudy.PackagedApplication;
import dev.understudy.wire.RequestStatus;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Processes end as by a power cut, at random moments that follow from a seed, or come and go.
 *
 * <p>System properties: {@code faults.kills} (20), {@code faults.storm} (seconds that replicas come and go, 60).
 */
class KillFaults {
    private static final int KILLS = Integer.getInteger("faults.kills", 20);
    private static final int STORM_SECONDS = Integer.getInteger("faults.storm", 60);

    private final Random random = new Random(20261125);

    @Test
    void generatorKilled() throws Exception {
        try (Deployment deployment = new Deployment("generator-killed")) {
            PackagedApplication generator = deployment.atWork("one");
            for (int kill = 1; kill <= KILLS; kill++) {
                moment(12_000);
                generator.kill();
                if (kill % 5 == 0) {
                    deployment.heal(generator::start);
                } else {
                    generator.start();
                }
            }
            deployment.note("kills", KILLS).assertWhole(RequestStatus.COMPLETED);
        }
    }

    /** Who gave up exactly once for speed still has every sample, and an end that is true. */
    @Test
    void generatorKilledAtLeastOnce() throws Exception {
        try (Deployment deployment = new Deployment("generator-killed-at-least-once").atLeastOnce()) {
            PackagedApplication generator = deployment.atWork("one");
            for (int kill = 1; kill <= KILLS; kill++) {
                moment(12_000);
                generator.kill();
                deployment.heal(generator::start);
            }
            deployment.note("kills", KILLS).assertWhole(RequestStatus.COMPLETED);
        }
    }

    @Test
    void brokerKilled() throws Exception {
        try (Deployment deployment = new Deployment("broker-killed")) {
            deployment.atWork("one");
            for (int kill = 1; kill <= KILLS; kill++) {
                moment(12_000);
                deployment.broker().kill();
                deployment.heal(deployment.broker()::start);
            }
            deployment.note("kills", KILLS).assertWhole(RequestStatus.COMPLETED);
        }
    }

    @Test
    void bothKilled() throws Exception {
        try (Deployment deployment = new Deployment("both-killed")) {
            PackagedApplication generator = deployment.atWork("one");
            for (int kill = 1; kill <= KILLS; kill++) {
                moment(12_000);
                generator.kill();
                moment(1_000);
                deployment.broker().kill();
                deployment.heal(() -> {
                    deployment.broker().start();
                    generator.start();
                });
            }
            deployment.note("kills", 2L * KILLS).assertWhole(RequestStatus.COMPLETED);
        }
    }

    /** One that stays, and two that come and go, by a signal or by a kill. */
    @Test
    void rebalanceStorm() throws Exception {
        try (Deployment deployment = new Deployment("rebalance-storm")) {
            deployment.atWork("stays");
            Storm first = new Storm(deployment.replica("first"), random.nextLong(), STORM_SECONDS);
            Storm second = new Storm(deployment.replica("second"), random.nextLong(), STORM_SECONDS);
            long joins = first.joins() + second.joins();
            deployment.dismiss("first");
            deployment.dismiss("second");
            deployment.heal(() -> {});
            deployment.note("joins", joins).assertWhole(RequestStatus.COMPLETED);
        }
    }

    private void moment(int mostMillis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(mostMillis));
    }
}
