package dev.understudy.gan;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Safetensors files of 32-bit floats with metadata, read and written in bounded memory.
 *
 * <p>The same content gives the same bytes: metadata are in the order of their keys, tensors in the order they are given,
 * which is also the order of their data.
 *
 * <p><em>Source</em>: the format section of huggingface/safetensors. An 8-byte little-endian header length, a JSON header padded
 * with spaces to a multiple of 8 bytes, then the data.
 */
public final class Safetensors {

    /** The reference reader's own limit. */
    private static final long LARGEST_HEADER_BYTES = 100_000_000;

    private static final int CHUNK_FLOATS = 1 << 16;
    private static final String METADATA = "__metadata__";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Safetensors() {}

    /** A named array of floats. */
    record Tensor(String name, List<Integer> shape, float[] numbers) {}

    /** Where a tensor lies. */
    private record Place(String dtype, List<Integer> shape, long start, long end) {}

    /**
     * The {@code __metadata__} of a file.
     *
     * @throws UncheckedIOException if it cannot be read or is no such file
     */
    public static Map<String, String> metadata(Path file) {
        try (var reader = new Reader(file)) {
            return reader.metadata();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Writes a new file, or over an old one, and forces it to the disk. */
    static void write(Path file, Map<String, String> metadata, Iterable<Tensor> tensors) {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeFully(channel, header(metadata, tensors));
            for (Tensor tensor : tensors) {
                writeFloats(channel, tensor.numbers());
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static ByteBuffer header(Map<String, String> metadata, Iterable<Tensor> tensors) throws IOException {
        var entries = new LinkedHashMap<String, Object>();
        entries.put(METADATA, new TreeMap<>(metadata));
        long offset = 0;
        for (Tensor tensor : tensors) {
            long end = offset + (long) Float.BYTES * tensor.numbers().length;
            var entry = new LinkedHashMap<String, Object>();
            entry.put("dtype", "F32");
            entry.put("shape", tensor.shape());
            entry.put("data_offsets", List.of(offset, end));
            entries.put(tensor.name(), entry);
            offset = end;
        }
        var json = JSON.writeValueAsString(entries);
        int bytes = json.getBytes(StandardCharsets.UTF_8).length;
        var padded = (json + " ".repeat(-bytes & 7)).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + padded.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded.length)
                .put(padded)
                .flip();
    }

    private static void writeFloats(FileChannel channel, float[] numbers) throws IOException {
        var chunk = chunk(numbers.length);
        for (int from = 0; from < numbers.length; from += CHUNK_FLOATS) {
            int count = Math.min(CHUNK_FLOATS, numbers.length - from);
            chunk.clear().limit(count * Float.BYTES);
            chunk.asFloatBuffer().put(numbers, from, count);
            writeFully(channel, chunk);
        }
    }

    private static ByteBuffer chunk(int floats) {
        return ByteBuffer.allocate(Float.BYTES * Math.min(CHUNK_FLOATS, floats)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static UncheckedIOException unreadable(Path file, IOException cause) {
        return new UncheckedIOException("cannot read " + file + ": " + cause.getMessage(), cause);
    }

    /** An open file; tensors are read one at a time, in any order. */
    static final class Reader implements AutoCloseable {

        private final Path file;
        private final FileChannel channel;
        private final long dataStart;
        private final Map<String, String> metadata;
        private final Map<String, Place> places = new LinkedHashMap<>();

        Reader(Path file) throws IOException {
            this.file = file;
            this.channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                long length = headerLength();
                this.dataStart = Long.BYTES + length;
                JsonNode header = JSON.readTree(bytes(Long.BYTES, (int) length).array());
                this.metadata = readMetadata(header);
                header.properties().forEach(entry -> place(entry.getKey(), entry.getValue()));
            } catch (IOException e) {
                channel.close();
                throw e;
            } catch (RuntimeException e) {
                channel.close();
                throw new IOException("not a safetensors file: " + e.getMessage(), e);
            }
        }

        private long headerLength() throws IOException {
            long length = bytes(0, Long.BYTES).getLong();
            if (length < 2 || length > Math.min(LARGEST_HEADER_BYTES, channel.size() - Long.BYTES)) {
                throw new IOException("not a safetensors file: header of " + length + " bytes");
            }
            return length;
        }

        private static Map<String, String> readMetadata(JsonNode header) {
            var node = header.get(METADATA);
            return node == null ? Map.of() : JSON.convertValue(node, new TypeReference<TreeMap<String, String>>() {});
        }

        private void place(String name, JsonNode entry) {
            if (!name.equals(METADATA)) {
                var shape = JSON.convertValue(entry.get("shape"), new TypeReference<List<Integer>>() {});
                var offsets = entry.get("data_offsets");
                places.put(
                        name,
                        new Place(
                                entry.get("dtype").asText(),
                                shape,
                                offsets.get(0).asLong(),
                                offsets.get(1).asLong()));
            }
        }

        Map<String, String> metadata() {
            return metadata;
        }

        /**
         * Reads a tensor.
         *
         * @throws IOException if it is missing, or not 32-bit floats of just this shape
         */
        float[] read(String name, List<Integer> shape) throws IOException {
            var place = places.get(name);
            int size = shape.stream().reduce(1, Math::multiplyExact);
            if (place == null || !place.dtype().equals("F32") || !place.shape().equals(shape)) {
                throw new IOException("tensor " + name + " is " + place + ", expected F32 " + shape);
            }
            if (place.end() - place.start() != (long) Float.BYTES * size) {
                throw new IOException("tensor " + name + " has " + (place.end() - place.start()) + " bytes");
            }
            return floats(dataStart + place.start(), size);
        }

        private float[] floats(long position, int size) throws IOException {
            var numbers = new float[size];
            for (int from = 0; from < size; from += CHUNK_FLOATS) {
                int count = Math.min(CHUNK_FLOATS, size - from);
                bytes(position + (long) Float.BYTES * from, Float.BYTES * count)
                        .asFloatBuffer()
                        .get(numbers, from, count);
            }
            return numbers;
        }

        private ByteBuffer bytes(long position, int count) throws IOException {
            var bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, position + bytes.position()) < 0) {
                    throw new EOFException(file + " ends before byte " + (position + count));
                }
            }
            return bytes.flip();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
