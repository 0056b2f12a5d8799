package dev.understudy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
    /** SHA-256 of the four bytes "abcd" (FIPS 180-4 implementations agree). */
    private static final String ABCD = "88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589";

    @TempDir
    Path directory;

    private ModelStore store;

    @BeforeEach
    void open() {
        store = new ModelStore(directory);
    }

    @Test
    void keepsAFileUnderItsContent() throws IOException {
        Path staged = stage("abcd");

        assertThat(store.put(staged)).isEqualTo(ABCD);

        assertThat(staged).doesNotExist();
        assertThat(store.get(ABCD)).hasContent("abcd");
        assertThat(directory.resolve("blobs/88/" + ABCD)).exists();
    }

    @Test
    void takesTheSameContentTwice() throws IOException {
        store.put(stage("abcd"));
        assertThat(store.put(stage("abcd"))).isEqualTo(ABCD);
        assertThat(store.get(ABCD)).hasContent("abcd");
    }

    @Test
    void refusesAFileThatWasChanged() throws IOException {
        store.put(stage("abcd"));
        Files.writeString(directory.resolve("blobs/88/" + ABCD), "abce");
        assertThatThrownBy(() -> store.get(ABCD))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining(ABCD);
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(store.contains(ABCD)).isFalse();
        assertThatThrownBy(() -> store.get(ABCD))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(ABCD);
        assertThatThrownBy(() -> store.get("../../etc/passwd")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void movesAPointer() throws IOException {
        String first = store.put(stage("abcd"));
        String second = store.put(stage("efgh"));
        assertThat(store.pointer("checkpoints/digits")).isEmpty();

        store.point("checkpoints/digits", first);
        store.point("checkpoints/digits", second);

        assertThat(new ModelStore(directory).pointer("checkpoints/digits")).contains(second);
    }

    @Test
    void removesWhatACrashLeftStaged() throws IOException {
        Path orphan = stage("half a fi");
        new ModelStore(directory).removeOrphans();
        assertThat(orphan).doesNotExist();
    }

    private Path stage(String content) throws IOException {
        return Files.writeString(store.stage(".tmp"), content);
    }
}
