package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Public names, genes and share prices, encoded and decoded, are what they were. */
class RealSequencesTest {
    private static final Schema STRING = Rows.schema(Rows.field("x", "\"string\""));
    private static final Schema SERIES = Rows.schema(Rows.field("x", "{\"type\":\"array\",\"items\":\"double\"}"));

    @Test
    void names() throws IOException {
        Span.Text shape = comesBack("names_train.txt", new Hint(Hint.Kind.TEXT, List.of()));
        assertThat(shape.symbols()).isEqualTo(26);
        assertThat(shape.longest()).isBetween(12, 20);
    }

    @Test
    void genes() throws IOException {
        Span.Text shape = comesBack("orf_train.txt", new Hint(Hint.Kind.DNA, List.of(), 3));
        assertThat(shape.symbols()).isEqualTo(4);
        assertThat(shape.lengths()).allMatch(length -> length % 3 == 0);
    }

    private static Span.Text comesBack(String file, Hint hint) throws IOException {
        List<GenericRecord> records = Files.readAllLines(data(file)).stream()
                .map(line -> Rows.record(STRING, line))
                .toList();
        RecordCodec codec = Rows.learn(STRING, Map.of("x", hint), records);
        float[] row = new float[codec.shape().width()];
        for (GenericRecord record : records) {
            assertThat(codec.encode(record, Rows.draws(1), row, 0)).isZero();
            assertThat(codec.decode(row, 0)).isEqualTo(record);
        }
        return (Span.Text) codec.shape().spans().get(0).value();
    }

    @Test
    void shares() throws IOException {
        double[][] windows = windows(data("stock_train.npy"), 1_220, 24 * 6);
        List<GenericRecord> records = List.of(windows).stream()
                .map(window -> Rows.record(
                        SERIES,
                        IntStream.range(0, window.length)
                                .mapToObj(i -> window[i])
                                .toList()))
                .toList();
        RecordCodec codec = Rows.learn(SERIES, Map.of("x", new Hint(Hint.Kind.SERIES, List.of(24, 6))), records);
        double[] ranges = ranges(windows, 6);
        float[] row = new float[codec.shape().width()];
        double largest = 0;
        for (GenericRecord record : records) {
            assertThat(codec.encode(record, Rows.draws(1), row, 0)).isZero();
            List<?> back = (List<?>) codec.decode(row, 0).get("x");
            for (int i = 0; i < row.length; i++) {
                double number = (Double) ((List<?>) record.get("x")).get(i);
                assertThat((Double) back.get(i)).isCloseTo(number, within(1e-4 * ranges[i % 6]));
                largest = Math.max(largest, Math.abs(row[i]));
            }
        }
        assertThat(largest).isLessThan(40);
    }

    private static double[] ranges(double[][] windows, int channels) {
        return IntStream.range(0, channels)
                .mapToDouble(channel -> {
                    double[] column = List.of(windows).stream()
                            .flatMapToDouble(window ->
                                    IntStream.range(0, 24).mapToDouble(step -> window[step * channels + channel]))
                            .sorted()
                            .toArray();
                    return column[column.length - 1] - column[0];
                })
                .toArray();
    }

    /** Little-endian doubles at the end of a file of NumPy's. */
    private static double[][] windows(Path file, int count, int width) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int header = bytes.length - 8 * count * width;
        DoubleBuffer numbers = ByteBuffer.wrap(bytes, header, bytes.length - header)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer();
        double[][] windows = new double[count][width];
        for (double[] window : windows) {
            numbers.get(window);
        }
        return windows;
    }

    private static Path data(String file) {
        Path path = Path.of("../shared/data/splits").resolve(file);
        assumeTrue(Files.exists(path), path + " is not on this machine");
        return path;
    }
}
