package dev.understudy.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordReaderTest {
    private static Schema numbers(String type) {
        return parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"n\",\"type\":" + type + "}]}");
    }

    private static Schema parse(String text) {
        return new Schema.Parser().parse(text);
    }

    private static GenericRecord holding(Schema schema, Object value) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("n", value);
        return record;
    }

    private static RecordReader.Found read(Schema definition, GenericRecord written) {
        return new RecordReader((topic, data) -> written, definition)
                .read(new ConsumerRecord<>("real", 0, 0, null, new byte[] {1}));
    }

    private static GenericRecord real(Schema definition, GenericRecord written) throws Exception {
        RecordReader.Found found = read(definition, written);
        assertThat(found).isInstanceOf(RecordReader.Real.class);
        RecordReader.Real real = (RecordReader.Real) found;
        assertThat(AvroBytes.read(real.bytes(), definition, definition)).isEqualTo(real.record());
        return real.record();
    }

    private static RecordReader.Unreadable refused(Schema definition, GenericRecord written) {
        RecordReader.Found found = read(definition, written);
        assertThat(found).isInstanceOf(RecordReader.Unreadable.class);
        return (RecordReader.Unreadable) found;
    }

    private static Object number(String type, String text) {
        return switch (type) {
            case "int" -> (Object) Integer.valueOf(text);
            case "long" -> Long.valueOf(text);
            case "float" -> Float.valueOf(text);
            default -> Double.valueOf(text);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "int, long, -2147483648",
        "int, float, 3",
        "int, double, 2147483647",
        "long, float, -9.223372036854775808e18",
        "long, double, 4503599627370497",
        "float, double, 0.5",
        "float, double, NaN",
        "float, double, -Infinity",
    })
    void takesAWiderNumberThatFits(String narrow, String wide, String text) throws Exception {
        Object written = number(wide, text);
        Object read = real(numbers("\"" + narrow + "\""), holding(numbers("\"" + wide + "\""), written))
                .get("n");
        assertThat(read).isInstanceOf(number(narrow, "1").getClass());
        assertThat(((Number) read).doubleValue()).isEqualTo(Double.valueOf(((Number) written).doubleValue()));
    }

    @ParameterizedTest
    @CsvSource({
        "int, long, 2147483648, -2147483648 to 2147483647",
        "int, long, -2147483649, -2147483648 to 2147483647",
        "int, double, 77.25, -2147483648 to 2147483647",
        "int, float, NaN, -2147483648 to 2147483647",
        "long, double, 9.223372036854775807e18, -9223372036854775808 to 9223372036854775807",
        "float, double, 1e39, 3.4028235E38",
    })
    void refusesAWiderNumberThatDoesNotFitNamingFieldTypeAndLimit(
            String narrow, String wide, String text, String limit) {
        RecordReader.Unreadable unreadable =
                refused(numbers("\"" + narrow + "\""), holding(numbers("\"" + wide + "\""), number(wide, text)));
        assertThat(unreadable.code()).isEqualTo("out-of-range");
        assertThat(unreadable.reason()).contains("'n'", "a " + wide, "definition's " + narrow, limit);
    }

    @Test
    void doesNotTellTheNumber() {
        assertThat(refused(numbers("\"int\""), holding(numbers("\"double\""), 77.25))
                        .reason())
                .doesNotContain("77");
    }

    @Test
    void narrowsInsideUnionsRecordsArraysAndMaps() throws Exception {
        String shape = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"m\",\"type\":[\"null\",\"%s\"]},"
                + "{\"name\":\"n\",\"type\":{\"type\":\"record\",\"name\":\"In\",\"fields\":["
                + "{\"name\":\"series\",\"type\":{\"type\":\"array\",\"items\":\"%s\"}},"
                + "{\"name\":\"counts\",\"type\":{\"type\":\"map\",\"values\":\"%s\"}}]}}]}";
        Schema definition = parse(shape.formatted("int", "float", "int"));
        Schema written = parse(shape.formatted("long", "double", "double"));
        GenericRecord inner = new GenericRecordBuilder(written.getField("n").schema())
                .set("series", List.of(0.5, 2.0))
                .set("counts", Map.of("a", 4.0))
                .build();
        GenericRecord record = holding(written, inner);
        record.put("m", 5L);
        GenericRecord read = real(definition, record);
        assertThat(read.get("m")).isEqualTo(5);
        assertThat(((GenericRecord) read.get("n")).get("series")).isEqualTo(List.of(0.5f, 2f));
        assertThat(((GenericRecord) read.get("n")).get("counts").toString()).contains("=4}");
        record.put("m", null);
        assertThat(real(definition, record).get("m")).isNull();
        inner.put("counts", Map.of("a", 4.5));
        assertThat(refused(definition, record).reason()).contains("'n.counts'");
    }

    @Test
    void fillsInWhatAnOlderWriterLacks() throws Exception {
        Schema newer = SchemaBuilder.record("R")
                .fields()
                .requiredInt("n")
                .optionalString("note")
                .endRecord();
        GenericRecord read = real(newer, holding(numbers("\"long\""), 3L));
        assertThat(read.get("n")).isEqualTo(3);
        assertThat(read.get("note")).isNull();
    }

    @Test
    void doesNotTakeATimeForADate() {
        Schema date = numbers("{\"type\":\"int\",\"logicalType\":\"date\"}");
        Schema time = numbers("{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}");
        assertThat(refused(date, holding(time, 1L)).code()).isEqualTo("schema-mismatch");
    }

    @Test
    void saysWhereAndWhyASchemaCannotBeResolved() {
        RecordReader.Unreadable unreadable = refused(numbers("\"int\""), holding(numbers("\"string\""), "secret"));
        assertThat(unreadable.code()).isEqualTo("schema-mismatch");
        assertThat(unreadable.reason()).contains("field 'n'", "INT", "STRING").doesNotContain("secret");
    }

    @Test
    void boundsTheReason() {
        var fields = SchemaBuilder.record("Wide").fields();
        for (int i = 0; i < 300; i++) {
            fields = fields.requiredLong("a_field_of_number_" + i);
        }
        String symbols = "[\"" + "S".repeat(400) + "\"]";
        Schema written = numbers("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":" + symbols + "}");
        Schema other = numbers("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}");
        GenericRecord symbol = holding(
                written, new GenericData.EnumSymbol(written.getField("n").schema(), "S".repeat(400)));
        assertThat(refused(other, symbol).reason()).hasSizeLessThan(1_000);
        assertThat(refused(fields.endRecord(), symbol).reason())
                .hasSizeLessThan(1_000)
                .contains("and 298 more");
    }
}
