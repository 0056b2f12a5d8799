package dev.understudy.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small disk in memory that can be filled to the last byte. <em>Ownership</em>: unmounts what it mounted. */
final class Disk implements AutoCloseable {
    private final Path directory;
    private final Path ballast;

    private Disk(Path directory) {
        this.directory = directory;
        ballast = directory.resolve("ballast");
    }

    /** Mounts one; a test that may not is skipped, and says so. */
    static Disk mount(Path directory, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
        assumeTrue(mounted, "faults: SKIPPED, a file system may not be mounted here at " + directory);
        return new Disk(directory);
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    Path directory() {
        return directory;
    }

    /** Leaves no byte free. */
    void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (directory.toFile().getUsableSpace() > 0) {
                throw e;
            }
        }
    }

    /** Gives back what {@link #fill} took. */
    void free() throws IOException {
        Files.delete(ballast);
    }

    @Override
    public void close() throws InterruptedException {
        run("umount", "--lazy", directory.toString());
    }
}
