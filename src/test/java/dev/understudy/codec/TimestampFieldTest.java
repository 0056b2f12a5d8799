package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampFieldTest {
    private static final int RECORDS = 3_000;
    private static final long DAY_MILLIS = 86_400_000;
    private static final long START = 1_700_000_000_000L;
    private static final Schema MILLIS = timestamps("long", "timestamp-millis");
    private static final Schema DATE = timestamps("int", "date");

    private static Schema timestamps(String type, String logical) {
        return Rows.schema(
                Rows.field("at", "[\"null\",{\"type\":\"" + type + "\",\"logicalType\":\"" + logical + "\"}]"));
    }

    private static List<GenericRecord> records(Schema schema, List<?> values) {
        return values.stream().map(value -> Rows.record(schema, value)).toList();
    }

    /** Timestamps at any second of some days. */
    private static List<Long> spread(double days, long seed) {
        UniformRandomProvider random = Rows.draws(seed);
        return IntStream.range(0, RECORDS)
                .mapToObj(i -> START + 1_000L * random.nextLong((long) (days * 86_400)))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"60, at at.weekday at.time", "15, at at.weekday at.time", "10, at at.time", "1.9, at"})
    void isLaidOutByItsRange(double days, String spans) {
        RecordCodec codec = Rows.learn(MILLIS, records(MILLIS, spread(days, 1)));

        assertThat(codec.shape().spans()).extracting(Span::field).containsExactly(spans.split(" "));
        assertThat(codec.layout().spansByField())
                .containsOnlyKeys("at")
                .containsEntry("at", codec.shape().spans());
    }

    @ParameterizedTest
    @CsvSource({"timestamp-millis, 1000", "timestamp-micros, 1000000", "local-timestamp-millis, 1000"})
    void comesBackToTheSecond(String logical, long second) {
        Schema schema = timestamps("long", logical);
        List<Long> values =
                spread(400, 2).stream().map(at -> at / 1_000 * second).toList();
        RecordCodec codec = Rows.learn(schema, records(schema, values));

        assertThat(codec.shape().fields()).isEqualTo(3);
        UniformRandomProvider draws = Rows.draws(3);
        float[] row = new float[codec.shape().width()];
        for (Long value : values) {
            assertThat(codec.encode(Rows.record(schema, value), draws, row, 0)).isZero();
            assertThat(codec.decode(row, 0).get("at")).isEqualTo(value);
        }
    }

    @Test
    void timesBeforeTheEpochHaveTheirWeekdaysToo() {
        List<Long> values = spread(100, 4).stream().map(at -> at - 2 * START).toList();
        RecordCodec codec = Rows.learn(MILLIS, records(MILLIS, values));

        for (Long value : values.subList(0, 200)) {
            assertThat(Rows.there(codec, Rows.record(MILLIS, value), 5).get("at"))
                    .isEqualTo(value);
        }
    }

    @Test
    void aWeekdayIsAChoiceFromMondayOn() {
        List<Integer> days =
                IntStream.range(0, RECORDS).mapToObj(i -> 19_000 + i % 400).toList();
        RecordCodec codec = Rows.learn(DATE, records(DATE, days));
        Span weekday = codec.layout().spansByField().get("at").get(1);

        assertThat(weekday.choices()).isEqualTo(7);
        float[] row = new float[codec.shape().width()];
        for (Integer day : days.subList(0, 400)) {
            codec.encode(Rows.record(DATE, day), Rows.draws(6), row, 0);
            DayOfWeek expected = LocalDate.ofEpochDay(day).getDayOfWeek();
            assertThat(Choice.read(row, weekday.choiceOffset(), 7)).isEqualTo(expected.getValue() - 1);
            assertThat(codec.decode(row, 0).get("at")).isEqualTo(day);
        }
    }

    @Test
    void whateverThePartsTheTimestampIsInRangeAndOnTheGridAndKeepsItsTimeOfDay() {
        List<Long> values =
                spread(40, 7).stream().map(at -> at / 60_000 * 60_000).toList();
        RecordCodec codec = Rows.learn(MILLIS, records(MILLIS, values));
        List<Span> spans = codec.shape().spans();
        float[] row = new float[codec.shape().width()];
        codec.encode(
                Rows.record(MILLIS, START / DAY_MILLIS * DAY_MILLIS + 30 * DAY_MILLIS + 3_600_000),
                Rows.draws(8),
                row,
                0);

        for (int week = 0; week < spans.get(0).choices(); week++) {
            for (int weekday = 0; weekday < 7; weekday++) {
                Choice.write(row, spans.get(0).choiceOffset(), spans.get(0).choices(), week);
                Choice.write(row, spans.get(1).choiceOffset(), 7, weekday);
                long at = (Long) codec.decode(row, 0).get("at");
                assertThat(at).isBetween(Collections.min(values), Collections.max(values));
                assertThat(at % DAY_MILLIS).isCloseTo(3_600_000L, within(300_000L));
                assertThat(at % 60_000).isZero();
                assertThat(Instant.ofEpochMilli(at)
                                        .atZone(ZoneOffset.UTC)
                                        .getDayOfWeek()
                                        .getValue()
                                - 1)
                        .isEqualTo(weekday);
            }
        }
    }

    @Test
    void missingIsMissingAndNothingElseIs() {
        List<Long> values = new ArrayList<>(spread(90, 9));
        for (int i = 0; i < values.size(); i += 4) {
            values.set(i, null);
        }
        RecordCodec codec = Rows.learn(MILLIS, records(MILLIS, values));
        for (Long value : values.subList(0, 100)) {
            assertThat(Rows.there(codec, Rows.record(MILLIS, value), 10).get("at"))
                    .isEqualTo(value);
        }

        // A first part that is there beside others that say missing
        float[] present = new float[codec.shape().width()];
        float[] row = new float[codec.shape().width()];
        codec.encode(Rows.record(MILLIS, values.get(1)), Rows.draws(11), present, 0);
        codec.encode(Rows.record(MILLIS, (Object) null), Rows.draws(11), row, 0);
        Span week = codec.shape().spans().get(0);
        System.arraycopy(present, week.choiceOffset(), row, week.choiceOffset(), week.choices());
        System.arraycopy(
                present,
                week.valueOffset(),
                row,
                week.valueOffset(),
                week.value().width());
        assertThat(codec.decode(row, 0).get("at")).isNotNull();
    }

    @Test
    void daysThatComeAgainAndAgainAreTheOnlyOnesMade() {
        List<Integer> firsts = IntStream.range(0, RECORDS)
                .mapToObj(
                        i -> (int) LocalDate.of(2015, 1, 1).plusMonths(i % 100).toEpochDay())
                .toList();
        RecordCodec codec = Rows.learn(DATE, records(DATE, firsts));

        UniformRandomProvider random = Rows.draws(12);
        for (int i = 0; i < 500; i++) {
            float[] row = random(random, codec.shape().width());
            assertThat(firsts).contains((Integer) codec.decode(row, 0).get("at"));
        }
    }

    @Test
    void aFewDatesAreACategoryAndANumberIfThatIsHinted() {
        List<Integer> few =
                IntStream.range(0, RECORDS).mapToObj(i -> 19_000 + i % 30).toList();
        List<Integer> many =
                IntStream.range(0, RECORDS).mapToObj(i -> 19_000 + i % 300).toList();
        Map<String, Hint> number = Map.of("at", new Hint(Hint.Kind.NUMBER, List.of()));

        assertThat(Rows.learn(DATE, records(DATE, few)).shape().spans())
                .containsExactly(new Span("at", 0, 30, 0, new Span.None()));
        assertThat(Rows.learn(DATE, number, records(DATE, many)).shape().fields())
                .isEqualTo(1);
    }

    @Test
    void aLongIsATimestampByHint() {
        Schema schema = Rows.schema(Rows.field("at", "\"long\""));
        Map<String, Hint> hints = Map.of("at", new Hint(Hint.Kind.TIMESTAMP, List.of()));

        RecordCodec codec = Rows.learn(schema, hints, records(schema, spread(60, 13)));

        assertThat(codec.shape().spans()).extracting(Span::field).containsExactly("at", "at.weekday", "at.time");
    }

    @Test
    void hoursAndWeekdaysOfRandomPartsAreThoseOfTheRecords() {
        UniformRandomProvider random = Rows.draws(14);
        List<Long> values = IntStream.range(0, RECORDS)
                .mapToObj(i -> START / DAY_MILLIS * DAY_MILLIS
                        + random.nextInt(17) * 7L * DAY_MILLIS
                        + random.nextInt(1 + random.nextInt(7)) * DAY_MILLIS
                        + (long) (Math.min(random.nextDouble(), random.nextDouble()) * DAY_MILLIS))
                .toList();
        RecordCodec codec = Rows.learn(MILLIS, records(MILLIS, values));
        List<Long> made = new ArrayList<>();
        float[] row = new float[codec.shape().width()];
        for (int i = 0; i < RECORDS; i++) {
            // Each part from another record
            float[] mixed = row.clone();
            for (Span span : codec.shape().spans()) {
                codec.encode(Rows.record(MILLIS, values.get(random.nextInt(RECORDS))), random, row, 0);
                System.arraycopy(row, span.choiceOffset(), mixed, span.choiceOffset(), span.choices());
                System.arraycopy(
                        row,
                        span.valueOffset(),
                        mixed,
                        span.valueOffset(),
                        span.value().width());
            }
            made.add((Long) codec.decode(mixed, 0).get("at"));
        }

        assertThat(Marginals.totalVariation(weekdays(values), weekdays(made))).isLessThan(0.04);
        assertThat(Marginals.totalVariation(hours(values), hours(made))).isLessThan(0.06);
    }

    static List<Object> weekdays(List<Long> millis) {
        return millis.stream()
                .map(at ->
                        (Object) Instant.ofEpochMilli(at).atZone(ZoneOffset.UTC).getDayOfWeek())
                .toList();
    }

    static List<Object> hours(List<Long> millis) {
        return millis.stream()
                .map(at ->
                        (Object) Instant.ofEpochMilli(at).atZone(ZoneOffset.UTC).getHour())
                .toList();
    }

    @Test
    void setsAllPartsIfItIsGiven() {
        RecordCodec codec = Rows.learn(MILLIS, records(MILLIS, spread(60, 15)));
        float[] row = new float[codec.shape().width()];
        float[] mask = new float[codec.shape().fields()];
        Given given = codec.given(Map.of("at", START + 86_400_123));
        given.encode(Rows.draws(16), row, mask, 0);

        assertThat(mask).containsOnly(1);
        GenericRecord sample = codec.decode(row, 0);
        assertThat((Long) sample.get("at")).isCloseTo(START + 86_400_123, within(60_000L));
        given.overwrite(sample);
        assertThat(sample.get("at")).isEqualTo(START + 86_400_123);
        assertThat(GenericData.get().validate(MILLIS, sample)).isTrue();
    }

    static float[] random(UniformRandomProvider random, int width) {
        float[] row = new float[width];
        for (int i = 0; i < width; i++) {
            row[i] = (float) (6 * random.nextDouble() - 3);
        }
        return row;
    }
}
