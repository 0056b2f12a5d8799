package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class GivenTest {
    private static final Schema SCHEMA = Rows.schema(
            Rows.field("age", "\"int\""),
            Rows.field("size", "{\"type\":\"enum\",\"name\":\"Size\",\"symbols\":[\"S\",\"M\",\"L\"]}"),
            Rows.field("member", "[\"null\",\"boolean\"]"),
            Rows.field("at", "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}"),
            Rows.field("cost", "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":6,\"scale\":2}"),
            Rows.field("picture", "{\"type\":\"bytes\",\"shape\":[4,4,1]}"),
            Rows.field("note", "\"string\""),
            Rows.field("color", "\"string\""),
            Rows.field("unit", "\"string\""));

    private static final RecordCodec CODEC = Rows.learn(
            SCHEMA,
            Map.of("note", new Hint(Hint.Kind.OMIT, List.of())),
            IntStream.range(0, 1_000).mapToObj(GivenTest::record).toList());

    private static GenericRecord record(int i) {
        return Rows.record(
                SCHEMA,
                (i * 37) % 90,
                new GenericData.EnumSymbol(SCHEMA.getField("size").schema(), i % 2 == 0 ? "S" : "M"),
                i % 3 == 0 ? null : (Object) (i % 3 == 1),
                1_700_000_000_000L + i * 3_600_000L,
                ByteBuffer.wrap(new byte[] {(byte) (i % 100), (byte) (i % 7)}),
                ByteBuffer.wrap(new byte[16]),
                "note " + i,
                "color " + i % 14,
                "kg");
    }

    @Test
    void putsParsedValuesExactlyIntoSamples() {
        Given given = CODEC.given(Map.of(
                "age", "41",
                "size", "M",
                "member", "false",
                "at", "2023-12-01 10:20:30",
                "cost", 12.5,
                "color", "color 3",
                "unit", "kg"));
        GenericRecord sample = record(5);

        given.overwrite(sample);

        assertThat(sample.get("age")).isEqualTo(41);
        assertThat(sample.get("size")).hasToString("M");
        assertThat(sample.get("member")).isEqualTo(false);
        assertThat(sample.get("at")).isEqualTo(1_701_426_030_000L);
        assertThat(sample.get("cost")).isEqualTo(ByteBuffer.wrap(new byte[] {4, (byte) 0xe2}));
        assertThat(GenericData.get().validate(SCHEMA, sample)).isTrue();
        assertThat(given.isEmpty()).isFalse();
        assertThat(CODEC.given(Map.of()).isEmpty()).isTrue();
    }

    @Test
    void writesWhatIsGivenAsTheCodecWouldAndMarksIt() {
        RowShape shape = CODEC.shape();
        float[] rows = new float[2 * shape.width()];
        float[] mask = new float[2 * shape.fields()];

        CODEC.given(Map.of("size", "M", "age", 41, "unit", "kg")).encode(Rows.draws(1), rows, mask, 1);

        List<String> marked = IntStream.range(0, shape.fields())
                .filter(i -> mask[shape.fields() + i] == 1)
                .mapToObj(i -> shape.spans().get(i).field())
                .toList();
        assertThat(marked).containsExactly("age", "size");
        assertThat(Arrays.copyOf(mask, shape.fields())).containsOnly(0);
        assertThat(Arrays.copyOf(rows, shape.width())).containsOnly(0);
        GenericRecord decoded = CODEC.decode(rows, 1);
        assertThat(decoded.get("size")).hasToString("M");
        assertThat(decoded.get("age")).isEqualTo(41);
    }

    @Test
    void takesNullWhereNullsWereSeen() {
        GenericRecord sample = record(5);
        CODEC.given(Collections.singletonMap("member", null)).overwrite(sample);
        assertThat(sample.get("member")).isNull();
        assertThat(refusal("age", null).code()).isEqualTo("wrong-type");
    }

    @Test
    void refusesFieldsThatDoNotExistOrCannotBeGiven() {
        assertThat(refusal("shoe", 3L).code()).isEqualTo("unknown-field");
        assertThat(refusal("shoe", 3L).message())
                .isEqualTo("Field 'shoe' does not exist; what can be given are 'age', 'size', 'member', 'at', 'cost',"
                        + " 'picture', 'color', 'unit'.");
        assertThat(refusal("note", "x").code()).isEqualTo("not-givable");
    }

    @Test
    void refusesValuesOfTheWrongType() {
        assertThat(refusal("age", "old").message()).isEqualTo("Field 'age' must be a whole number; it is 'old'.");
        assertThat(refusal("age", 3.5).code()).isEqualTo("wrong-type");
        assertThat(refusal("age", true).code()).isEqualTo("wrong-type");
        assertThat(refusal("age", 1L << 40).code()).isEqualTo("wrong-type");
        assertThat(refusal("age", Double.NaN).code()).isEqualTo("wrong-type");
        assertThat(refusal("cost", "1e999999999").code()).isEqualTo("wrong-type");
        assertThat(refusal("cost", "1.234").message())
                .isEqualTo(
                        "Field 'cost' must be a decimal of at most 6 digits, 2 of them after the point; it is '1.234'.");
        assertThat(refusal("member", "maybe").code()).isEqualTo("wrong-type");
        assertThat(refusal("size", "XL").message()).contains("one of 'S', 'M', 'L'");
        assertThat(refusal("at", "yesterday").message()).contains("2026-01-31T13:45:00Z");
        assertThat(refusal("color", ByteBuffer.allocate(3)).code()).isEqualTo("wrong-type");
    }

    @Test
    void refusesNumbersOutsideTheLearnedRangeAndNamesIt() {
        assertThat(refusal("age", 90L))
                .isEqualTo(new FieldProblem(
                        "age",
                        "out-of-range",
                        "Field 'age' must lie in the range that was learned, from 0 to 89; it is '90'."));
        assertThat(refusal("at", "1999-01-01T00:00:00Z").message()).contains("from 2023-11-14T22:13:20Z to");
    }

    @Test
    void refusesCategoriesThatWereNeverSeenAndListsSomeThatWere() {
        assertThat(refusal("size", "L").code()).isEqualTo("unseen-value");
        assertThat(refusal("unit", "lb").message())
                .isEqualTo("Field 'unit' was 'kg' in every record that was learned; it cannot be 'lb'.");
        FieldProblem problem = refusal("color", "x".repeat(500));
        assertThat(problem.code()).isEqualTo("unseen-value");
        assertThat(problem.message()).contains("'color 0'", "and 4 more").hasSizeLessThan(400);
    }

    private static FieldProblem refusal(String field, Object value) {
        Map<String, Object> values = Collections.singletonMap(field, value);
        return catchThrowableOfType(UnsuitableValueException.class, () -> CODEC.given(values))
                .problem();
    }
}
