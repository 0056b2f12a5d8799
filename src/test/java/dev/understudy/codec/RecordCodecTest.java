package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    private static final int RECORDS = 4_000;

    private static final Schema NUMBER = Rows.schema(Rows.field("x", "\"double\""));

    @Test
    void laysOutChoicesThenScalarsThenImages() {
        Schema schema = Rows.schema(
                "{\"name\":\"picture\",\"type\":{\"type\":\"bytes\",\"shape\":[4,5,3]}}",
                Rows.field("amount", "\"double\""),
                Rows.field("color", "\"string\""),
                Rows.field("unit", "\"string\""),
                Rows.field("weight", "[\"null\",\"double\"]"));
        List<GenericRecord> records = numbered(i -> Rows.record(
                schema,
                ByteBuffer.wrap(new byte[60]),
                i * 0.5,
                i % 4 == 0 ? "red" : "blue",
                "kg",
                i % 2 == 0 ? null : i * 0.25));

        RowShape shape = Rows.learn(schema, records).shape();

        assertThat(shape.spans())
                .containsExactly(
                        new Span("picture", 0, 0, 6, new Span.Image(4, 5, 3)),
                        new Span("amount", 0, 0, 4, new Span.Scalar()),
                        new Span("color", 0, 2, 0, new Span.None()),
                        new Span("weight", 2, 2, 5, new Span.Scalar()));
        assertThat(shape.choices()).isEqualTo(4);
        assertThat(shape.scalars()).isEqualTo(2);
        assertThat(shape.width()).isEqualTo(66);
        assertThat(shape.frequencies()).containsExactly(0.75f, 0.25f, 0.5f, 0.5f);
    }

    @Test
    void keepsFrequentNumbersExactAndOthersOnTheNormalScale() {
        UniformRandomProvider random = Rows.draws(1);
        List<GenericRecord> records = numbered(i -> Rows.record(NUMBER, i % 2 == 0 ? 0.0 : random.nextDouble()));
        RecordCodec codec = Rows.learn(NUMBER, records);

        assertThat(codec.shape().spans()).containsExactly(new Span("x", 0, 2, 2, new Span.Scalar()));
        float[] rows = encode(codec, records);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < RECORDS; i++) {
            boolean zero = i % 2 == 0;
            assertThat(Arrays.copyOfRange(rows, 3 * i, 3 * i + 2)).containsExactly(zero ? 1 : 0, zero ? 0 : 1);
            sum += rows[3 * i + 2];
            squares += rows[3 * i + 2] * rows[3 * i + 2];
            double back = (Double) codec.decode(rows, i).get(0);
            assertThat(back).isCloseTo((Double) records.get(i).get(0), within(zero ? 0.0 : 1e-3));
        }
        assertThat(sum / (RECORDS / 2.0)).isCloseTo(0, within(0.05));
        assertThat(squares / (RECORDS / 2.0)).isCloseTo(1, within(0.05));
    }

    @Test
    void marginalsOfNormalScoresAreThoseOfTheRecords() {
        Schema schema = Rows.schema(
                Rows.field("continuous", "\"double\""), Rows.field("tied", "\"int\""), Rows.field("wide", "\"long\""));
        UniformRandomProvider random = Rows.draws(2);
        List<GenericRecord> records = numbered(i -> Rows.record(
                schema,
                -Math.log(random.nextDouble() + 1e-12),
                (int) Math.pow(random.nextInt(60), 2),
                1_000_000L * random.nextInt(1 << 20)));
        RecordCodec codec = Rows.learn(schema, records);

        float[] rows = new float[RECORDS * codec.shape().width()];
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(Rows.draws(3));
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) normal.sample();
        }

        for (int column = 0; column < 3; column++) {
            int at = column;
            double[] real = records.stream()
                    .mapToDouble(r -> ((Number) r.get(at)).doubleValue())
                    .toArray();
            double[] made = IntStream.range(0, RECORDS)
                    .mapToDouble(i -> ((Number) codec.decode(rows, i).get(at)).doubleValue())
                    .toArray();
            assertThat(Marginals.kolmogorovSmirnov(real, made)).isLessThan(0.04);
        }
    }

    @Test
    void onlyRealValuesComeOutWhereTheyRepeat() {
        List<GenericRecord> records = numbered(i -> Rows.record(NUMBER, (i % 40) * (i % 40) / 4.0));
        RecordCodec codec = Rows.learn(NUMBER, records);

        for (float score = -4; score <= 4; score += 0.001f) {
            double root =
                    Math.sqrt((Double) codec.decode(new float[] {score}, 0).get(0) * 4);
            assertThat(root).isCloseTo(Math.rint(root), within(1e-9)).isLessThan(40);
        }
    }

    @Test
    void keepsTheDecimalsAndTheStepOfAColumn() {
        Schema schema = Rows.schema(
                Rows.field("price", "\"double\""),
                Rows.field("single", "\"float\""),
                Rows.field("at", "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}"),
                Rows.field("cost", "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":12,\"scale\":2}"));
        UniformRandomProvider random = Rows.draws(4);
        List<GenericRecord> records = numbered(i -> Rows.record(
                schema,
                random.nextInt(1_000_000) / 100.0,
                random.nextInt(100_000) / 10f,
                1_700_000_000_000L + 1_000L * random.nextInt(10_000_000),
                decimal(schema, BigDecimal.valueOf(random.nextInt(100_000_000), 2))));
        RecordCodec codec = Rows.learn(schema, records);

        for (float score = -3; score <= 3; score += 0.01f) {
            float[] row = new float[codec.shape().width()];
            Arrays.fill(row, score);
            GenericRecord record = codec.decode(row, 0);
            assertThat(BigDecimal.valueOf((Double) record.get(0)).scale()).isLessThanOrEqualTo(2);
            assertThat(new BigDecimal(record.get(1).toString()).scale()).isLessThanOrEqualTo(1);
            assertThat((Long) record.get(2) % 1_000).isZero();
            assertThat(GenericData.get().validate(schema, record)).isTrue();
        }
        GenericRecord back = Rows.there(codec, records.get(7), 5);
        assertThat(number(schema, back)).isCloseTo(number(schema, records.get(7)), within(new BigDecimal("0.05")));
    }

    @Test
    void decodesMissingAsNullInEitherOrderOfTheUnion() {
        Schema schema = Rows.schema(
                Rows.field("a", "[\"null\",\"double\"]"),
                Rows.field("b", "[\"string\",\"null\"]"),
                "{\"name\":\"c\",\"type\":[\"null\",{\"type\":\"bytes\",\"shape\":[4,4,1]}]}");
        List<GenericRecord> records = numbered(i -> Rows.record(
                schema,
                i % 3 == 0 ? null : (Object) (i * 0.1),
                i % 5 == 0 ? null : "v" + i % 7,
                i % 2 == 0 ? null : ByteBuffer.wrap(new byte[16])));
        RecordCodec codec = Rows.learn(schema, records);

        for (GenericRecord record : records.subList(0, 30)) {
            GenericRecord back = Rows.there(codec, record, 6);
            assertThat(back.get(0) == null).isEqualTo(record.get(0) == null);
            assertThat(back.get(1)).isEqualTo(record.get(1));
            assertThat(back.get(2)).isEqualTo(record.get(2));
        }
    }

    @Test
    void takesNotANumberAsMissingWhereThatMayBe() {
        Schema schema = Rows.schema(Rows.field("x", "[\"null\",\"double\"]"), Rows.field("y", "\"double\""));
        List<GenericRecord> records = numbered(i -> Rows.record(schema, i % 4 == 0 ? Double.NaN : i * 0.1, i * 1.5));
        RecordCodec codec = Rows.learn(schema, records);

        assertThat(Rows.there(codec, records.get(4), 7).get(0)).isNull();
        assertThatThrownBy(() -> Rows.there(codec, Rows.record(schema, 1.0, Double.POSITIVE_INFINITY), 8))
                .isInstanceOfSatisfying(
                        UnsuitableValueException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("not-finite"));
    }

    @Test
    void flattensRecordsThatAreAlwaysThere() {
        Schema schema = Rows.schema(Rows.field(
                "place",
                "{\"type\":\"record\",\"name\":\"Place\",\"fields\":[{\"name\":\"x\",\"type\":\"double\"},"
                        + "{\"name\":\"note\",\"type\":\"string\"}]}"));
        Schema place = schema.getField("place").schema();
        List<GenericRecord> records = numbered(i -> Rows.record(schema, Rows.record(place, i / 4.0, "text " + i)));

        RecordCodec codec = Rows.learn(schema, Map.of("place.note", new Hint(Hint.Kind.OMIT, List.of())), records);

        assertThat(codec.shape().spans()).extracting(Span::field).containsExactly("place.x");
        GenericRecord back =
                (GenericRecord) Rows.there(codec, records.get(100), 9).get("place");
        assertThat((Double) back.get("x")).isCloseTo(25.0, within(0.5));
        assertThat(back.get("note")).isEqualTo("");
    }

    @Test
    void fillsWhatIsLeftOutWithDefaultsNullsAndZeros() {
        Schema schema = Rows.schema(
                Rows.field("x", "\"double\""),
                "{\"name\":\"a\",\"type\":\"string\",\"default\":\"none\"}",
                Rows.field("b", "[\"int\",\"null\"]"),
                Rows.field("c", "{\"type\":\"map\",\"values\":\"int\"}"),
                Rows.field("d", "{\"type\":\"array\",\"items\":\"int\"}"),
                Rows.field(
                        "e", "{\"type\":\"record\",\"name\":\"E\",\"fields\":[{\"name\":\"f\",\"type\":\"long\"}]}"));
        Hint omit = new Hint(Hint.Kind.OMIT, List.of());
        Schema e = schema.getField("e").schema();
        List<GenericRecord> records =
                numbered(i -> Rows.record(schema, i * 0.1, "id" + i, i, Map.of(), List.of(), Rows.record(e, 5L)));
        RecordCodec codec = Rows.learn(schema, Map.of("a", omit, "b", omit, "c", omit, "d", omit, "e", omit), records);

        GenericRecord back = Rows.there(codec, records.get(3), 10);

        assertThat(GenericData.get().validate(schema, back)).isTrue();
        assertThat(back.get("a")).isEqualTo("none");
        assertThat(back.get("b")).isNull();
        assertThat(((GenericRecord) back.get("e")).get("f")).isEqualTo(0L);
        assertThat(back.get("d"))
                .isNotSameAs(Rows.there(codec, records.get(3), 10).get("d"));
    }

    @Test
    void aConstantTakesNoPartOfTheRow() {
        Schema schema = Rows.schema(Rows.field("x", "\"double\""), Rows.field("unit", "\"string\""));
        List<GenericRecord> records = numbered(i -> Rows.record(schema, i * 0.1, "kg"));
        RecordCodec codec = Rows.learn(schema, records);

        assertThat(codec.shape().fields()).isEqualTo(1);
        assertThat(codec.shape().width()).isEqualTo(1);
        assertThat(Rows.there(codec, records.get(3), 11).get("unit")).isEqualTo("kg");
    }

    @Test
    void countsValuesThatItDoesNotKnow() {
        Schema schema = Rows.schema(
                Rows.field("x", "[\"null\",\"double\"]"), Rows.field("c", "\"string\""), Rows.field("n", "\"int\""));
        RecordCodec codec = Rows.learn(
                schema, numbered(i -> Rows.record(schema, i * 0.1, i % 3 == 0 ? "rare" : "often", i % 2 * 10)));
        float[] row = new float[codec.shape().width()];

        assertThat(codec.encode(Rows.record(schema, 1.0, "often", 10), Rows.draws(1), row, 0))
                .isZero();
        assertThat(codec.encode(Rows.record(schema, null, "never", 9), Rows.draws(1), row, 0))
                .isEqualTo(3);
        assertThat(codec.decode(row, 0).get("c")).isEqualTo("often");
        assertThat(codec.decode(row, 0).get("n")).isEqualTo(10);
    }

    @Test
    void foldsRareValuesIntoTheMostFrequentOfThem() {
        Schema schema = Rows.schema(Rows.field("c", "\"string\""));
        List<GenericRecord> records = new ArrayList<>();
        for (int value = 0; value < 1_200; value++) {
            for (int times = 0; times < (value < 999 ? 4 : value == 999 ? 3 : 2); times++) {
                records.add(Rows.record(schema, "v" + value));
            }
        }
        RecordCodec codec = Rows.learn(schema, Map.of("c", new Hint(Hint.Kind.CATEGORY, List.of())), records);

        assertThat(codec.shape().choices()).isEqualTo(1_000);
        assertThat(Rows.there(codec, Rows.record(schema, "v1100"), 1).get("c")).isEqualTo("v999");
        double sum = codec.shape().frequencies().stream()
                .mapToDouble(Float::doubleValue)
                .sum();
        assertThat(sum).isCloseTo(1, within(1e-5));
    }

    @Test
    void learnsArraysOfNumbersAsImagesInTheirOwnRange() {
        Schema schema = Rows.schema(
                "{\"name\":\"flat\",\"type\":{\"type\":\"array\",\"items\":\"int\"},\"shape\":[4,4,1]}",
                "{\"name\":\"nested\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":\"double\"}},"
                        + "\"shape\":[4,4]}");
        UniformRandomProvider random = Rows.draws(12);
        List<GenericRecord> records = numbered(i -> Rows.record(
                schema,
                random.ints(16, 0, 17).boxed().toList(),
                IntStream.range(0, 4)
                        .mapToObj(r -> random.doubles(4).boxed().toList())
                        .toList()));
        RecordCodec codec = Rows.learn(schema, records);

        GenericRecord back = Rows.there(codec, records.get(0), 13);

        assertThat(GenericData.get().validate(schema, back)).isTrue();
        assertThat(back.get("flat")).isEqualTo(records.get(0).get("flat"));
        double expected = (Double) ((List<?>) ((List<?>) records.get(0).get("nested")).get(2)).get(3);
        assertThat((Double) ((List<?>) ((List<?>) back.get("nested")).get(2)).get(3))
                .isCloseTo(expected, within(1e-6));
    }

    @Test
    void refusesAnImageOfTheWrongSizeWithoutShowingIt() {
        Schema schema = Rows.schema("{\"name\":\"p\",\"type\":{\"type\":\"bytes\",\"shape\":[4,4,1]}}");
        LayoutLearner learner = new LayoutLearner(schema, Map.of());

        assertThatThrownBy(() -> learner.observe(Rows.record(schema, ByteBuffer.wrap(new byte[15]))))
                .isInstanceOf(UnsuitableValueException.class)
                .hasMessage("Field 'p' holds 15 bytes, but its shape is [4, 4, 1].");
        assertThat(learner.observed()).isZero();
    }

    @Test
    void refusesRecordsOfAnotherSchema() {
        RecordCodec codec = Rows.learn(NUMBER, numbered(i -> Rows.record(NUMBER, i * 0.1)));
        Schema other = Rows.schema(Rows.field("y", "\"double\""));

        assertThatThrownBy(() -> Rows.there(codec, Rows.record(other, 1.0), 1))
                .isInstanceOfSatisfying(
                        UnsuitableValueException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("wrong-schema"));
    }

    @Test
    void sketchesColumnsWithMoreDifferentNumbersThanItCounts() {
        UniformRandomProvider random = Rows.draws(14);
        LayoutLearner learner = new LayoutLearner(NUMBER, Map.of());
        double[] real = new double[60_000];
        for (int i = 0; i < real.length; i++) {
            real[i] = i % 4 == 0 ? 1.5 : random.nextDouble() * random.nextDouble();
            learner.observe(Rows.record(NUMBER, real[i]));
        }
        RecordCodec codec = new RecordCodec(learner.learn());

        assertThat(codec.shape().frequencies().get(0)).isCloseTo(0.25f, within(0.005f));
        float[] row = new float[codec.shape().width()];
        double[] made = new double[real.length];
        for (int i = 0; i < real.length; i++) {
            codec.encode(Rows.record(NUMBER, real[i]), random, row, 0);
            made[i] = (Double) codec.decode(row, 0).get(0);
        }
        assertThat(Marginals.kolmogorovSmirnov(real, made)).isLessThan(0.005);
    }

    private interface Maker {
        GenericRecord record(int i);
    }

    private static List<GenericRecord> numbered(Maker maker) {
        return IntStream.range(0, RECORDS).mapToObj(maker::record).toList();
    }

    private static float[] encode(RecordCodec codec, List<GenericRecord> records) {
        float[] rows = new float[records.size() * codec.shape().width()];
        UniformRandomProvider draws = Rows.draws(99);
        for (int i = 0; i < records.size(); i++) {
            codec.encode(records.get(i), draws, rows, i);
        }
        return rows;
    }

    private static ByteBuffer decimal(Schema schema, BigDecimal number) {
        Schema type = schema.getField("cost").schema();
        return new Conversions.DecimalConversion().toBytes(number, type, type.getLogicalType());
    }

    private static BigDecimal number(Schema schema, GenericRecord record) {
        Schema type = schema.getField("cost").schema();
        return new Conversions.DecimalConversion()
                .fromBytes((ByteBuffer) record.get("cost"), type, type.getLogicalType());
    }
}
