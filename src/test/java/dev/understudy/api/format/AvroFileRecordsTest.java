package dev.understudy.api.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class AvroFileRecordsTest {

    @Test
    void readsWhatItWroteAndWritesTheSameBytesAgain() throws IOException {
        byte[] file = file(500);

        RecordReader reader = AvroFileRecords.reader(new ByteArrayInputStream(file));
        assertThat(reader.schema()).isEqualTo(JsonTypes.SCHEMA);
        assertThat(Texts.records(reader)).hasSize(500).containsOnly(JsonTypes.record());
        assertThat(file(500)).isEqualTo(file);
    }

    @Test
    void resolvesRecordsToTheModelsSchema() throws IOException {
        Schema narrower = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"All\",\"fields\":[{\"name\":\"int\",\"type\":\"long\"}]}");

        assertThat(Texts.records(AvroFileRecords.reader(new ByteArrayInputStream(file(1)), narrower)))
                .hasToString("[{\"int\": -5}]");
    }

    @Test
    void refusesWhatIsNoContainerFileAndWhatBreaksOff() throws IOException {
        assertThatThrownBy(() -> AvroFileRecords.reader(Texts.stream("a,b\n")))
                .isInstanceOfSatisfying(
                        UnreadableFileException.class, e -> assertThat(e.code()).isEqualTo("not-avro"));
        byte[] file = file(500);
        byte[] broken = Arrays.copyOf(file, file.length - 20);
        assertThatThrownBy(() -> Texts.all(AvroFileRecords.reader(new ByteArrayInputStream(broken))))
                .isInstanceOfSatisfying(
                        UnreadableFileException.class, e -> assertThat(e.code()).isEqualTo("broken-avro"));
    }

    private static byte[] file(int records) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordWriter writer = AvroFileRecords.writer(out, JsonTypes.SCHEMA)) {
            for (int i = 0; i < records; i++) {
                writer.write(JsonTypes.record());
            }
        }
        return out.toByteArray();
    }
}
