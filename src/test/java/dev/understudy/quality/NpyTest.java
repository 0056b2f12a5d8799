package dev.understudy.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyTest {
    @TempDir
    Path directory;

    @Test
    void readsWhatItWrote() throws IOException {
        Path file = directory.resolve("doubles.npy");
        Npy.write(file, new double[] {1, -2.5, 3e300, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 3, 2, 2);

        assertThat(Npy.doubles(file))
                .isDeepEqualTo(new double[][] {{1, -2.5, 3e300, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}});
        assertThat(Files.size(file)).isEqualTo(128 + 12 * Double.BYTES);
    }

    @Test
    void refusesAnotherType() throws IOException {
        Path file = directory.resolve("bytes.npy");
        Npy.write(file, new byte[] {1, 2, 3, 4}, 4);

        assertThatThrownBy(() -> Npy.doubles(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("|u1");
    }
}
