package dev.understudy.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Keeps files under the SHA-256 of their content, and a few mutable pointers to them, in a directory.
 *
 * <p>A file is staged, written by its owner, and then {@link #put}: forced to disk and moved into place in one atomic step, so
 * a crash leaves at most a staged orphan, which the next {@code ModelStore} on the directory removes. Nothing is ever
 * overwritten but pointers, and these atomically.
 *
 * <p><em>Layout on disk</em>: {@code blobs/<first two digits>/<sha256>}, {@code pointers/<name>} (64 hex digits),
 * {@code staged/}.
 *
 * <p><em>Thread safety</em>: safe, also for several processes on one directory if one alone stages at a time.
 */
public final class ModelStore {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path blobs;
    private final Path pointers;
    private final Path staged;

    /** Opens the store in a directory, which is made if it is missing. */
    public ModelStore(Path directory) {
        blobs = directory.resolve("blobs");
        pointers = directory.resolve("pointers");
        staged = directory.resolve("staged");
        inStore(() -> {
            Files.createDirectories(blobs);
            Files.createDirectories(pointers);
            Files.createDirectories(staged);
            return null;
        });
    }

    /** A path for a new file in the store's own file system; nothing is there yet. */
    public Path stage(String suffix) {
        return staged.resolve(UUID.randomUUID() + suffix);
    }

    /** Takes a staged file in, which is gone from where it was. Returns its SHA-256, 64 lower-case hex digits. */
    public String put(Path file) {
        return inStore(() -> {
            force(file);
            String sha256 = digest(file);
            Path blob = blob(sha256);
            Files.createDirectories(blob.getParent());
            Files.move(file, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(blob.getParent());
            return sha256;
        });
    }

    /**
     * The file of that content.
     *
     * @throws CorruptFileException if its content is not what its name says
     * @throws UncheckedIOException if it is missing or cannot be read
     */
    public Path get(String sha256) {
        return inStore(() -> {
            Path blob = blob(sha256);
            String found = digest(blob);
            if (!found.equals(sha256)) {
                throw new CorruptFileException("file " + sha256 + " of the model store has content " + found);
            }
            return blob;
        });
    }

    /** Whether there is such a file; its content is not looked at. */
    public boolean contains(String sha256) {
        return Files.exists(blob(sha256));
    }

    /** Removes a file, if it is there. */
    public void delete(String sha256) {
        inStore(() -> Files.deleteIfExists(blob(sha256)));
    }

    /** Lets a pointer, such as {@code checkpoints/digits}, name that file from now on. */
    public void point(String pointer, String sha256) {
        inStore(() -> {
            Path target = pointers.resolve(pointer);
            Files.createDirectories(target.getParent());
            Path fresh = stage(".pointer");
            Files.writeString(fresh, sha256);
            force(fresh);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(target.getParent());
            return null;
        });
    }

    /** What a pointer names, if it was ever set. */
    public Optional<String> pointer(String pointer) {
        return inStore(() -> {
            Path target = pointers.resolve(pointer);
            return Files.exists(target) ? Optional.of(Files.readString(target).strip()) : Optional.empty();
        });
    }

    /** Removes what crashes left staged. Call it once, before anything is staged. */
    public void removeOrphans() {
        inStore(() -> {
            try (var files = Files.newDirectoryStream(staged)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
            return null;
        });
    }

    private Path blob(String sha256) {
        if (!DIGEST.matcher(sha256).matches()) {
            throw new IllegalArgumentException("sha256 must be 64 lower-case hex digits, got '" + sha256 + "'");
        }
        return blobs.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    private static String digest(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private interface Action<T> {
        T run() throws IOException;
    }

    private static <T> T inStore(Action<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
