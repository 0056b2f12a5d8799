package dev.understudy.api.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class NdjsonRecordsTest {
    private static final Schema SCHEMA = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}");

    @Test
    void writesPlainJsonAndReadsItBack() throws IOException {
        GenericRecord record = JsonTypes.record();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordWriter writer = NdjsonRecords.writer(out, JsonTypes.SCHEMA)) {
            writer.write(record);
            writer.write(record);
        }
        String line =
                "{\"int\":-5,\"float\":1.5,\"time\":\"2023-11-14T22:13:20.123456Z\",\"decimal\":12.30,\"bytes\":\"AQI=\","
                        + "\"fixed\":\"/wM=\",\"enum\":\"B\",\"flag\":null,\"nested\":{\"x\":0.1},\"list\":[1,null],"
                        + "\"map\":{\"k\":\"v\"},\"some text\":\"a \\\"quoted\\\", text\"}\n";

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(line + line);
        assertThat(Texts.records(NdjsonRecords.reader(Texts.stream(line + "\n" + line), JsonTypes.SCHEMA)))
                .containsExactly(record, record);
    }

    @Test
    void infersASchemaFromTheFirstLines() throws IOException {
        String lines = """
                {"a":1,"b":"2026-01-31T10:00:00Z","c":{"x":1},"d e":[1,2.5]}
                not json
                {"a":2.5,"b":"2026-01-31T11:00:00Z","c":{"x":2},"d e":[],"f":true}
                """;
        RecordReader reader = NdjsonRecords.reader(Texts.stream(lines), "my model");

        assertThat(reader.schema().getFields().stream().map(field -> field.name() + ":" + field.schema()))
                .containsExactly(
                        "a:\"double\"",
                        "b:{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}",
                        "c:{\"type\":\"record\",\"name\":\"my_model_c\",\"fields\":[{\"name\":\"x\",\"type\":\"long\"}]}",
                        "d_e:{\"type\":\"array\",\"items\":\"double\"}",
                        "f:[\"null\",\"boolean\"]");
        List<RowResult> results = Texts.all(reader);
        assertThat(results.get(1)).isEqualTo(new RowResult.Refused(2, "", "is not one JSON object"));
        assertThat(((RowResult.Taken) results.get(2)).record().get("f")).isEqualTo(true);
        assertThat(results).filteredOn(RowResult.Taken.class::isInstance).allMatch(result -> GenericData.get()
                .validate(reader.schema(), ((RowResult.Taken) result).record()));
    }

    @Test
    void takesTheOtherLinesWhenOneIsBad() throws IOException {
        String lines = """
                {"a":1}
                {"a":"secret"}
                {"a":1.5}
                {"a":3000000000}
                {"b":1}
                {"a":1,"b":2}
                [1]
                {"a":1} {"a":2}
                {"a":1e999999999}

                {"a":2}""";

        List<RowResult> results = Texts.all(NdjsonRecords.reader(Texts.stream(lines), SCHEMA));

        String unfit = "must be a whole number of 32 bits";
        assertThat(results)
                .filteredOn(RowResult.Refused.class::isInstance)
                .containsExactly(
                        new RowResult.Refused(2, "a", unfit),
                        new RowResult.Refused(3, "a", unfit),
                        new RowResult.Refused(4, "a", unfit),
                        new RowResult.Refused(5, "a", "is missing but neither optional nor with a default"),
                        new RowResult.Refused(6, "", "has 1 field(s) that the schema lacks"),
                        new RowResult.Refused(7, "", "must be a JSON object"),
                        new RowResult.Refused(8, "", "is not one JSON object"),
                        new RowResult.Refused(9, "a", unfit));
        assertThat(results).filteredOn(RowResult.Taken.class::isInstance).hasSize(2);
    }

    @Test
    void refusesALineAboveTheLimitAndGoesOn() throws IOException {
        InputStream tooLong = new Repeated('x', NdjsonRecordReader.LONGEST_LINE + 1L);
        InputStream lines = new SequenceInputStream(
                Texts.stream("{\"a\":1}\n"), new SequenceInputStream(tooLong, Texts.stream("\n{\"a\":2}")));

        List<RowResult> results = Texts.all(NdjsonRecords.reader(lines, SCHEMA));

        assertThat(results.get(1)).isEqualTo(new RowResult.Refused(2, "", "is longer than 16777216 bytes"));
        assertThat(((RowResult.Taken) results.get(2)).record().get("a")).isEqualTo(2);
    }

    @Test
    void refusesFilesWithNothingToInferFrom() {
        assertThatThrownBy(() -> NdjsonRecords.reader(Texts.stream("1\n"), "m"))
                .isInstanceOfSatisfying(
                        UnreadableFileException.class, e -> assertThat(e.code()).isEqualTo("no-rows"));
        assertThatThrownBy(() -> NdjsonRecords.reader(Texts.stream("{\"a\":1}\n{\"a\":[1]}\n"), "m"))
                .isInstanceOfSatisfying(
                        UnreadableFileException.class, e -> assertThat(e.code()).isEqualTo("mixed-types"));
    }

    /** One byte many times over. */
    private static final class Repeated extends InputStream {
        private final int letter;
        private long left;

        Repeated(int letter, long times) {
            this.letter = letter;
            this.left = times;
        }

        @Override
        public int read() {
            return left-- > 0 ? letter : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            int taken = (int) Math.min(left, length);
            java.util.Arrays.fill(into, from, from + taken, (byte) letter);
            left -= taken;
            return taken == 0 ? -1 : taken;
        }
    }
}
