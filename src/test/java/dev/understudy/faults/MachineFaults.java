package dev.understudy.faults;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.understudy.PackagedApplication;
import dev.understudy.wire.RequestStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the service stands on turns against it: its directory, its disk, its clock. */
class MachineFaults {
    private static final Path CLOCK_SOURCE = Path.of("src/test/native/shifted-clock.c");

    /**
     * The weights go while the live version is loaded, and a version is announced whose weights nobody can read: until the
     * directory is back, requests are of the version before.
     */
    @Test
    void storeVanishes() throws Exception {
        try (Deployment deployment = new Deployment("store-vanishes")) {
            deployment.atWork("one");
            Path blobs = deployment.data().resolve("models/blobs");
            Path elsewhere = deployment.data().resolve("elsewhere");
            for (int version = 2; version <= 4; version++) {
                deployment.announce(version);
                Files.move(blobs, elsewhere);
                TimeUnit.SECONDS.sleep(8);
                deployment.heal(() -> Files.move(elsewhere, blobs));
            }
            deployment.note("vanished", 3).assertWhole(RequestStatus.COMPLETED);
        }
    }

    /** A replica that starts while the weights are gone refuses or waits, and serves once they are back. */
    @Test
    void startsWithoutAStore() throws Exception {
        try (Deployment deployment = new Deployment("starts-without-a-store")) {
            PackagedApplication generator = deployment.atWork("one");
            Path blobs = deployment.data().resolve("models/blobs");
            Path elsewhere = deployment.data().resolve("elsewhere");
            generator.kill();
            Files.move(blobs, elsewhere);
            generator.start();
            TimeUnit.SECONDS.sleep(15);
            // In the place of the empty one that the start made.
            deployment.heal(() -> Files.move(elsewhere, blobs, StandardCopyOption.REPLACE_EXISTING));
            deployment.assertWhole(RequestStatus.COMPLETED, RequestStatus.REFUSED, RequestStatus.FAILED);
        }
    }

    /**
     * The disk that all share is full to the last byte, also while a generator starts. A broker that cannot write gives up: it is
     * started again once there is room.
     */
    @Test
    void fullDisk() throws Exception {
        try (Disk disk = Disk.mount(Path.of("target/faults/disk").toAbsolutePath(), 512);
                Deployment deployment = new Deployment("full-disk", disk.directory())) {
            PackagedApplication generator = deployment.atWork("one");
            disk.fill();
            assertThatThrownBy(() -> deployment.announce(2)).isInstanceOf(UncheckedIOException.class);
            TimeUnit.SECONDS.sleep(15);
            generator.kill();
            disk.free();
            deployment.heal(() -> {
                deployment.broker().kill();
                deployment.broker().start();
                generator.start();
            });
            deployment.announce(3);
            deployment.assertWhole(RequestStatus.COMPLETED);
        }
    }

    /**
     * The wall clock of a generator goes half an hour ahead, and half a minute back and forth, past deadlines and not; then more than
     * a broker takes, by which its threads die; and all the way back, where the timers of Kafka's clients do not follow.
     */
    @Test
    void clockJumps() throws Exception {
        Path clock = Path.of("target/faults/clock").toAbsolutePath();
        Path library = library();
        try (Deployment deployment = new Deployment("clock-jumps")) {
            Files.writeString(clock, "0");
            PackagedApplication generator = deployment
                    .replica("one")
                    .with("LD_PRELOAD", library.toString())
                    .with("SHIFTED_CLOCK", clock.toString());
            generator.start();
            deployment.demand().impatient(Duration.ofMinutes(30).plusSeconds(10));
            deployment.load();
            for (int shift : List.of(1_800, 1_770, 1_830)) {
                TimeUnit.SECONDS.sleep(5);
                deployment.heal(() -> Files.writeString(clock, Integer.toString(shift)));
            }
            TimeUnit.SECONDS.sleep(5);
            Files.writeString(clock, "9000");
            TimeUnit.SECONDS.sleep(20);
            deployment.heal(() -> Files.writeString(clock, "0"));
            deployment
                    .note("jumps", 5)
                    .assertWhole(RequestStatus.COMPLETED, RequestStatus.EXPIRED, RequestStatus.REFUSED);
        }
    }

    /** Compiled on the spot; without a compiler the test is skipped, and says so. */
    private static Path library() throws IOException, InterruptedException {
        Path library = Path.of("target/faults/shifted-clock.so").toAbsolutePath();
        Files.createDirectories(library.getParent());
        boolean made = false;
        try {
            made = new ProcessBuilder(
                                    "cc",
                                    "-shared",
                                    "-fPIC",
                                    "-O2",
                                    "-o",
                                    library.toString(),
                                    CLOCK_SOURCE.toString(),
                                    "-ldl")
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            System.out.println("faults: no C compiler, " + e.getMessage());
        }
        assumeTrue(made, "faults: SKIPPED clockJumps, as there is no C compiler for " + CLOCK_SOURCE);
        return library;
    }
}
