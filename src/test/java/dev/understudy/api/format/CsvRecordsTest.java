package dev.understudy.api.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {

    @Test
    void infersTheNarrowestTypes() throws IOException {
        String csv = """
                id,price,ok,day,at,code,note,empty,mixed
                1,2.5,true,2026-01-31,2026-01-31T10:00:00Z,007,a b,,1
                -2,3,FALSE,2026-02-01,2026-01-31T10:00:01Z,010,"c, d",,x
                """;

        Schema schema = CsvRecords.reader(Texts.stream(csv), "my-model").schema();

        assertThat(schema.getName()).isEqualTo("my_model");
        assertThat(schema.getFields().stream().map(field -> field.schema().toString()))
                .containsExactly(
                        "\"long\"",
                        "\"double\"",
                        "\"boolean\"",
                        "{\"type\":\"int\",\"logicalType\":\"date\"}",
                        "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}",
                        "\"string\"",
                        "\"string\"",
                        "[\"null\",\"string\"]",
                        "\"string\"");
        assertThat(new Schema.Parser().parse(schema.toString())).isEqualTo(schema);
    }

    @Test
    void trimsCellsAndMakesEmptyOnesNull() throws IOException {
        String csv = "a, b\n1, x\n ,\n";
        List<GenericRecord> records = Texts.records(CsvRecords.reader(Texts.stream(csv), "m"));

        assertThat(records).hasToString("[{\"a\": 1, \"b\": \"x\"}, {\"a\": null, \"b\": null}]");
        Schema.Field field = records.get(0).getSchema().getField("a");
        assertThat(field.schema().toString()).isEqualTo("[\"null\",\"long\"]");
        assertThat(GenericData.get().getDefaultValue(field)).isNull();
    }

    @Test
    void sanitisesNamesOnceEachAndWritesTheOriginals() throws IOException {
        String csv = "education-num,education num,9 lives,,ok\n1,2,3,4,5\n";

        RecordReader reader = CsvRecords.reader(Texts.stream(csv), "m");

        assertThat(reader.schema().getFields().stream().map(Schema.Field::name))
                .containsExactly("education_num", "education_num_2", "_9_lives", "field", "ok");
        assertThat(rewritten(reader)).isEqualTo(csv);
        RecordReader again = CsvRecords.reader(Texts.stream(csv), reader.schema());
        assertThat(Texts.records(again).get(0).get("education_num_2")).isEqualTo(2L);
    }

    @Test
    void rendersTimesAsTheyWereRead() throws IOException {
        for (String time : List.of(
                "2019-03-23 20:21:09",
                "2019-03-23T20:21:09",
                "2019-03-23T20:21:09Z",
                "2019-03-23 20:21",
                "2019-03-23T20:21:09.123Z",
                "2019-03-23T20:21:09.123456",
                "2019-03-23")) {
            String csv = "at\n" + time + "\n";
            RecordReader reader = CsvRecords.reader(Texts.stream(csv), "m");
            assertThat(reader.schema().getFields().get(0).schema().getLogicalType())
                    .isNotNull();
            assertThat(rewritten(reader)).isEqualTo(csv);
        }
    }

    @Test
    void takesTheOtherRowsWhenOneIsBad() throws IOException {
        Schema schema = CsvRecords.reader(Texts.stream("a,b\n1,x\n"), "m").schema();
        String csv = "a,b\n1,x\n2\n3,y,z\nsecret,y\n,y\n5,z\n";

        List<RowResult> results = Texts.all(CsvRecords.reader(Texts.stream(csv), schema));

        assertThat(results)
                .filteredOn(RowResult.Refused.class::isInstance)
                .containsExactly(
                        new RowResult.Refused(2, "", "has 1 columns where the header has 2"),
                        new RowResult.Refused(3, "", "has 3 columns where the header has 2"),
                        new RowResult.Refused(4, "a", "must be a whole number of 64 bits"),
                        new RowResult.Refused(5, "a", "is empty but must be a whole number of 64 bits"));
        assertThat(results).filteredOn(RowResult.Taken.class::isInstance).hasSize(2);
    }

    @Test
    void goesOnBehindTheRowsThatTheSchemaWasInferredFrom() throws IOException {
        StringBuilder csv = new StringBuilder("n\n");
        for (int i = 0; i < 2_500; i++) {
            csv.append(i).append('\n');
        }
        List<GenericRecord> records = Texts.records(CsvRecords.reader(Texts.stream(csv.toString()), "m"));

        assertThat(records).hasSize(2_500);
        assertThat(records.get(2_499).get("n")).isEqualTo(2_499L);
    }

    @Test
    void findsColumnsInAnyOrderAndFillsInAbsentOnes() throws IOException {
        Schema schema = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"},"
                        + "{\"name\":\"b\",\"type\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"X\",\"Y\"]}},"
                        + "{\"name\":\"c\",\"type\":[\"null\",\"string\"]},"
                        + "{\"name\":\"d\",\"type\":\"long\",\"default\":7}]}");

        assertThat(Texts.records(CsvRecords.reader(Texts.stream("b,a\nY,1\n"), schema)))
                .hasToString("[{\"a\": 1, \"b\": \"Y\", \"c\": null, \"d\": 7}]");
        assertThatThrownBy(() -> CsvRecords.reader(Texts.stream("b,a,z\nY,1,2\n"), schema))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage("Column 3 of the header, 'z', is none of the model's: a, b, c, d");
        assertThatThrownBy(() -> CsvRecords.reader(Texts.stream("a,c\n1,2\n"), schema))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage("The header lacks the columns b");
    }

    @Test
    void writesAndReadsEveryType() throws IOException {
        Schema schema = JsonTypes.SCHEMA;
        GenericRecord record = JsonTypes.record();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordWriter writer = CsvRecords.writer(out, schema)) {
            writer.write(record);
        }

        InputStream in = new ByteArrayInputStream(out.toByteArray());
        assertThat(Texts.records(CsvRecords.reader(in, schema))).containsExactly(record);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("int,float,time,decimal,bytes,")
                .contains(",12.30,AQI=,");
        assertThat(record.get("bytes")).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    }

    @Test
    void refusesFilesWithoutHeaderRowsOrSense() {
        assertThatThrownBy(() -> CsvRecords.reader(Texts.stream(""), "m"))
                .isInstanceOfSatisfying(
                        UnreadableFileException.class, e -> assertThat(e.code()).isEqualTo("no-header"));
        assertThatThrownBy(() -> CsvRecords.reader(Texts.stream("a,b\n"), "m"))
                .isInstanceOfSatisfying(
                        UnreadableFileException.class, e -> assertThat(e.code()).isEqualTo("no-rows"));
        assertThatThrownBy(() -> Texts.all(CsvRecords.reader(Texts.stream("a\n1\n\"open"), "m")))
                .isInstanceOfSatisfying(
                        UnreadableFileException.class, e -> assertThat(e.code()).isEqualTo("malformed-csv"));
    }

    @Test
    void readsPublicTablesWholly() throws IOException {
        RecordReader adult = CsvRecords.reader(Texts.shared("adult/adult.csv"), "adult");
        assertThat(adult.schema().getField("education_num").schema().getType()).isEqualTo(Schema.Type.LONG);
        assertThat(Texts.records(adult))
                .hasSize(32_561)
                .last()
                .hasToString(
                        "{\"age\": 52, \"workclass\": \"Self-emp-inc\", \"fnlwgt\": 287927, \"education\": \"HS-grad\","
                                + " \"education_num\": 9, \"marital_status\": \"Married-civ-spouse\", \"occupation\":"
                                + " \"Exec-managerial\", \"relationship\": \"Wife\", \"race\": \"White\", \"sex\": \"Female\","
                                + " \"capital_gain\": 15024, \"capital_loss\": 0, \"hours_per_week\": 40, \"native_country\":"
                                + " \"United-States\", \"income\": \">50K\"}");
        assertThat(Texts.records(CsvRecords.reader(Texts.shared("taxis/taxis.csv"), "taxis")))
                .hasSize(6_433);
        assertThat(Texts.records(CsvRecords.reader(Texts.shared("penguins/penguins.csv"), "penguins")))
                .hasSize(344);
    }

    private static String rewritten(RecordReader reader) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordWriter writer = CsvRecords.writer(out, reader.schema())) {
            for (GenericRecord record : Texts.records(reader)) {
                writer.write(record);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
