package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {

    private static final Map<String, String> METADATA = Map.of("b", "2", "a", "é");
    private static final List<Safetensors.Tensor> TENSORS = List.of(
            new Safetensors.Tensor("w", List.of(2, 1), new float[] {1, -2}),
            new Safetensors.Tensor("c", List.of(1), new float[] {0.5f}));

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void write() {
        file = directory.resolve("x.safetensors");
        Safetensors.write(file, METADATA, TENSORS);
    }

    @Test
    void writesTheseBytes() throws IOException {
        // Golden: files of other versions must stay readable, and equal content must have equal hashes.
        var header = "{\"__metadata__\":{\"a\":\"é\",\"b\":\"2\"},"
                + "\"w\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
                + "\"c\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}";
        header += " ".repeat(-header.getBytes(StandardCharsets.UTF_8).length & 7);
        var bytes = Files.readAllBytes(file);
        int length = header.getBytes(StandardCharsets.UTF_8).length;
        assertThat(length % 8).isZero();
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong()).isEqualTo(length);
        assertThat(new String(bytes, 8, length, StandardCharsets.UTF_8)).isEqualTo(header);
        assertThat(HexFormat.of().formatHex(bytes, 8 + length, bytes.length)).isEqualTo("0000803f000000c00000003f");
    }

    @Test
    void readsWhatItWrote() throws IOException {
        assertThat(Safetensors.metadata(file)).isEqualTo(METADATA);
        try (var reader = new Safetensors.Reader(file)) {
            assertThat(reader.read("c", List.of(1))).containsExactly(0.5f);
            assertThat(reader.read("w", List.of(2, 1))).containsExactly(1, -2);
        }
    }

    @Test
    void readsTensorsLargerThanAChunk() throws IOException {
        // Given
        float[] numbers = new float[200_000];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        // When
        Safetensors.write(file, Map.of(), List.of(new Safetensors.Tensor("x", List.of(200_000), numbers)));
        // Then
        try (var reader = new Safetensors.Reader(file)) {
            assertThat(reader.read("x", List.of(200_000))).isEqualTo(numbers);
        }
    }

    @Test
    void refusesAnotherShapeAndAMissingTensor() throws IOException {
        try (var reader = new Safetensors.Reader(file)) {
            assertThatThrownBy(() -> reader.read("w", List.of(1, 2)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("expected F32 [1, 2]");
            assertThatThrownBy(() -> reader.read("v", List.of(1)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("tensor v");
        }
    }

    @Test
    void refusesWhatIsNoSuchFile() throws IOException {
        Files.writeString(file, "this is a text, not a file of tensors");
        assertThatThrownBy(() -> Safetensors.metadata(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("not a safetensors file");
        assertThatThrownBy(() -> Safetensors.metadata(directory.resolve("none")))
                .isInstanceOf(UncheckedIOException.class);
    }
}
