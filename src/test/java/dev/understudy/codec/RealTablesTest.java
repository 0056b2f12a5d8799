package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/** Rows of public tables, encoded and decoded, keep their marginals and their values. */
class RealTablesTest {
    private static final String TIMESTAMP = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";
    private static final TimeText TIME = TimeText.TIMESTAMP_MILLIS;

    @Test
    void adult() throws IOException {
        Schema schema = Rows.schema(
                Rows.field("age", "\"long\""),
                Rows.field("workclass", "\"string\""),
                Rows.field("fnlwgt", "\"long\""),
                Rows.field("education", "\"string\""),
                Rows.field("capital_gain", "\"long\""),
                Rows.field("hours_per_week", "\"long\""),
                Rows.field("native_country", "\"string\""),
                Rows.field("income", "\"string\""));
        double shapes = shapes(schema, rows("adult/adult.csv", schema));

        assertThat(shapes).isGreaterThan(0.9985);
    }

    @Test
    void adultHoldsItsEducationOnce() throws IOException {
        Schema schema = Rows.schema(
                Rows.field("age", "\"long\""),
                Rows.field("education", "\"string\""),
                Rows.field("education_num", "\"long\""),
                Rows.field("relationship", "\"string\""),
                Rows.field("sex", "\"string\""));
        List<GenericRecord> records = rows("splits/adult_train.csv", schema);
        RecordCodec codec = Rows.learn(schema, records);
        assertThat(TwinFieldTest.twins(codec.layout()))
                .containsExactly("age", "education", "education_num=education", "relationship", "sex");
        // An age, 16 schools, 6 relationships and 2 sexes
        assertThat(codec.shape().width()).isEqualTo(1 + 16 + 6 + 2);
        assertThat(records).allMatch(record -> Rows.there(codec, record, 1).equals(record));
        Map<Object, Object> numbers = new HashMap<>();
        records.forEach(record -> numbers.put(record.get("education"), record.get("education_num")));
        UniformRandomProvider random = Rows.draws(2);
        for (int i = 0; i < 1_000; i++) {
            GenericRecord mixed = mixed(codec, records, random);
            assertThat(mixed.get("education_num")).isEqualTo(numbers.get(mixed.get("education")));
        }
    }

    @Test
    void taxis() throws IOException {
        Schema schema = Rows.schema(
                Rows.field("pickup", TIMESTAMP),
                Rows.field("passengers", "\"long\""),
                Rows.field("distance", "\"double\""),
                Rows.field("fare", "\"double\""),
                Rows.field("tip", "\"double\""),
                Rows.field("tolls", "\"double\""),
                Rows.field("payment", "[\"null\",\"string\"]"),
                Rows.field("pickup_zone", "[\"null\",\"string\"]"));
        List<GenericRecord> records = rows("taxis/taxis.csv", schema);

        assertThat(shapes(schema, records)).isGreaterThan(0.9985);
        GenericRecord back = Rows.there(Rows.learn(schema, records), records.get(0), 1);
        assertThat(back.get("pickup")).isEqualTo(records.get(0).get("pickup"));
        assertThat(back.get("fare")).isEqualTo(records.get(0).get("fare"));
    }

    @Test
    void taxisKeepTheirHoursAndWeekdaysAndEndAfterTheyBegan() throws IOException {
        Schema schema = Rows.schema(Rows.field("pickup", TIMESTAMP), Rows.field("dropoff", TIMESTAMP));
        List<GenericRecord> records = rows("taxis/taxis.csv", schema);
        RecordCodec codec = Rows.learn(schema, records);
        assertThat(codec.shape().spans())
                .extracting(Span::field)
                .containsExactly("pickup", "pickup.weekday", "pickup.time", "dropoff");

        UniformRandomProvider random = Rows.draws(8);
        float[] row = new float[codec.shape().width()];
        List<Long> pickups = new ArrayList<>();
        List<Long> made = new ArrayList<>();
        for (GenericRecord record : records) {
            codec.encode(record, random, row, 0);
            assertThat(codec.decode(row, 0)).isEqualTo(record);
            GenericRecord mixed = mixed(codec, records, random);
            assertThat((Long) mixed.get("dropoff")).isGreaterThanOrEqualTo((Long) mixed.get("pickup"));
            pickups.add((Long) record.get("pickup"));
            made.add((Long) mixed.get("pickup"));
        }
        assertThat(made).allMatch(at -> at >= Collections.min(pickups) && at <= Collections.max(pickups));
        assertThat(Marginals.totalVariation(TimestampFieldTest.weekdays(pickups), TimestampFieldTest.weekdays(made)))
                .isLessThan(0.03);
        assertThat(Marginals.totalVariation(TimestampFieldTest.hours(pickups), TimestampFieldTest.hours(made)))
                .isLessThan(0.04);
    }

    /** Each span from another record: what a network makes that has learned the marginals and nothing else. */
    private static GenericRecord mixed(RecordCodec codec, List<GenericRecord> records, UniformRandomProvider random) {
        float[] row = new float[codec.shape().width()];
        float[] mixed = new float[codec.shape().width()];
        for (Span span : codec.shape().spans()) {
            codec.encode(records.get(random.nextInt(records.size())), random, row, 0);
            System.arraycopy(row, span.choiceOffset(), mixed, span.choiceOffset(), span.choices());
            System.arraycopy(
                    row,
                    span.valueOffset(),
                    mixed,
                    span.valueOffset(),
                    span.value().width());
        }
        return codec.decode(mixed, 0);
    }

    @Test
    void penguins() throws IOException {
        Schema schema = Rows.schema(
                Rows.field("species", "\"string\""),
                Rows.field("bill_length_mm", "[\"null\",\"double\"]"),
                Rows.field("body_mass_g", "[\"null\",\"long\"]"),
                Rows.field("sex", "[\"null\",\"string\"]"));

        assertThat(shapes(schema, rows("penguins/penguins.csv", schema))).isGreaterThan(0.9985);
    }

    /** Mean over the columns of one less the distance of the marginals, as column shapes are scored. */
    private static double shapes(Schema schema, List<GenericRecord> records) {
        RecordCodec codec = Rows.learn(schema, records);
        UniformRandomProvider draws = Rows.draws(7);
        float[] row = new float[codec.shape().width()];
        List<GenericRecord> back = new ArrayList<>();
        for (GenericRecord record : records) {
            assertThat(codec.encode(record, draws, row, 0)).isZero();
            back.add(codec.decode(row, 0));
        }
        assertThat(back).allMatch(record -> GenericData.get().validate(schema, record));
        return schema.getFields().stream()
                .mapToDouble(field -> 1 - distance(records, back, field.pos()))
                .average()
                .orElseThrow();
    }

    private static double distance(List<GenericRecord> real, List<GenericRecord> made, int column) {
        if (real.stream().allMatch(record -> record.get(column) instanceof Number)) {
            return Marginals.kolmogorovSmirnov(numbers(real, column), numbers(made, column));
        }
        return Marginals.totalVariation(shown(real, column), shown(made, column));
    }

    private static double[] numbers(List<GenericRecord> records, int column) {
        return records.stream()
                .mapToDouble(record -> ((Number) record.get(column)).doubleValue())
                .toArray();
    }

    /** Numbers with missing ones among them are compared by tens. */
    private static List<String> shown(List<GenericRecord> records, int column) {
        return records.stream()
                .map(record -> record.get(column))
                .map(value -> value instanceof Number number ? "" + Math.round(number.doubleValue() / 10) : "" + value)
                .toList();
    }

    private static List<GenericRecord> rows(String file, Schema schema) throws IOException {
        Path path = Path.of("../shared/data").resolve(file);
        assumeTrue(Files.exists(path), path + " is not on this machine");
        List<GenericRecord> records = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(path)) {
            for (NamedCsvRecord line : reader) {
                records.add(record(schema, name -> line.findField(name)
                        .or(() -> line.findField(name.replace('_', '-')))
                        .orElseThrow()
                        .trim()));
            }
        }
        return records;
    }

    private static GenericRecord record(Schema schema, Function<String, String> cell) {
        return Rows.record(
                schema,
                schema.getFields().stream()
                        .map(field -> value(field.schema(), cell.apply(field.name())))
                        .toArray());
    }

    private static Object value(Schema type, String text) {
        if (type.isUnion()) {
            return text.isEmpty() ? null : value(type.getTypes().get(1), text);
        }
        return switch (type.getType()) {
            case LONG -> type.getLogicalType() == null ? Long.parseLong(text) : TIME.parse(text);
            case DOUBLE -> Double.parseDouble(text);
            default -> text;
        };
    }
}
