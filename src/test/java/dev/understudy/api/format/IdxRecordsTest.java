package dev.understudy.api.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class IdxRecordsTest {
    private static final byte[] IMAGES = idx(new int[] {0x803, 2, 2, 3}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255);
    private static final byte[] LABELS = idx(new int[] {0x801, 2}, 9, 200);

    @Test
    void readsImagesWithTheirShapeAndLabels() throws IOException {
        RecordReader reader = IdxRecords.reader(in(IMAGES), in(LABELS), "my-images");

        assertThat(reader.schema())
                .hasToString("{\"type\":\"record\",\"name\":\"my_images\",\"fields\":[{\"name\":\"image\",\"type\":"
                        + "{\"type\":\"bytes\",\"shape\":[2,3,1]}},{\"name\":\"label\",\"type\":\"int\"}]}");
        List<GenericRecord> records = Texts.records(reader);
        assertThat(records.get(1).get("image")).isEqualTo(ByteBuffer.wrap(new byte[] {7, 8, 9, 10, 11, (byte) 255}));
        assertThat(records).extracting(record -> record.get("label")).containsExactly(9, 200);
    }

    @Test
    void readsGzippedImagesAloneAndInColor() throws IOException {
        byte[] color = idx(new int[] {0x804, 1, 1, 2, 3}, 1, 2, 3, 4, 5, 6);

        RecordReader reader = IdxRecords.reader(in(gzipped(color)), "m");

        assertThat(reader.schema().getFields()).hasSize(1);
        assertThat(reader.schema().getField("image").schema().getObjectProp("shape"))
                .isEqualTo(List.of(1, 2, 3));
        assertThat(Texts.records(reader)).hasSize(1);
    }

    @Test
    void refusesWhatIsNoIdxDoesNotMatchOrBreaksOff() throws IOException {
        assertRefused("not-idx", () -> IdxRecords.reader(in(LABELS), "m"));
        assertRefused("not-idx", () -> IdxRecords.reader(in(new byte[] {0, 0, 8}), "m"));
        assertRefused("not-idx", () -> IdxRecords.reader(Texts.stream("a,b,c,d\n"), "m"));
        assertRefused("not-idx", () -> IdxRecords.reader(in(IMAGES), in(IMAGES), "m"));
        assertRefused("bad-shape", () -> IdxRecords.reader(in(idx(new int[] {0x803, 1, 70_000, 70_000})), "m"));
        assertRefused("bad-shape", () -> IdxRecords.reader(in(idx(new int[] {0x803, 1, -1, 3})), "m"));
        assertRefused("unequal-counts", () -> IdxRecords.reader(in(IMAGES), in(idx(new int[] {0x801, 1}, 5)), "m"));
        assertRefused("truncated", () -> Texts.all(IdxRecords.reader(in(idx(new int[] {0x803, 1, 2, 3}, 1)), "m")));
    }

    @Test
    void readsFashionMnist() throws IOException {
        try (RecordReader reader = IdxRecords.reader(
                Texts.shared("fashion-mnist/t10k-images-idx3-ubyte.gz"),
                Texts.shared("fashion-mnist/t10k-labels-idx1-ubyte.gz"),
                "fashion")) {
            List<GenericRecord> records = Texts.records(reader);
            assertThat(records).hasSize(10_000);
            assertThat(records)
                    .filteredOn(record -> record.get("label").equals(7))
                    .hasSize(1_000);
        }
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static void assertRefused(String code, Attempt attempt) {
        assertThatThrownBy(attempt::run).isInstanceOfSatisfying(UnreadableFileException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private static InputStream in(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static byte[] idx(int[] header, int... bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * header.length + bytes.length);
        for (int number : header) {
            buffer.putInt(number);
        }
        for (int number : bytes) {
            buffer.put((byte) number);
        }
        return buffer.array();
    }

    private static byte[] gzipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }
}
