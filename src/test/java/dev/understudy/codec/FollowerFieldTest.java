package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class FollowerFieldTest {
    private static final int RECORDS = 2_000;
    private static final long START = 1_700_000_000_000L;
    private static final long MINUTE = 60_000;
    private static final long DAY = 86_400_000;
    private static final String TIMESTAMP = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";

    /** Paid at once or within hours of the order, sent up to two days after that, perhaps. */
    private static final Schema ORDER = Rows.schema(
            Rows.field("sent", "[\"null\"," + TIMESTAMP + "]"),
            Rows.field("ordered", TIMESTAMP),
            Rows.field("paid", TIMESTAMP),
            Rows.field("amount", "\"double\""));

    private static List<GenericRecord> orders(long seed) {
        UniformRandomProvider random = Rows.draws(seed);
        return IntStream.range(0, RECORDS)
                .mapToObj(i -> {
                    long ordered = START + random.nextLong(200 * DAY / MINUTE) * MINUTE;
                    long paid = ordered + (i % 3 == 0 ? 0 : random.nextInt(600) * MINUTE);
                    Long sent = i % 5 == 0 ? null : (Long) (paid + 60 * MINUTE + random.nextInt(2_880) * MINUTE);
                    return Rows.record(ORDER, sent, ordered, paid, random.nextDouble());
                })
                .toList();
    }

    @Test
    void followsTheReferenceThatItIsNearestTo() {
        RecordCodec codec = Rows.learn(ORDER, orders(1));

        assertThat(references(codec)).containsExactly("sent>paid", "ordered", "paid>ordered", "amount");
        assertThat(codec.layout().spansByField().get("paid")).singleElement().satisfies(span -> assertThat(span.field())
                .isEqualTo("paid"));
    }

    @Test
    void orderHoldsInAnyRow() {
        RecordCodec codec = new RecordCodec(
                RecordLayout.fromJson(Rows.learn(ORDER, orders(2)).layout().toJson()));
        UniformRandomProvider random = Rows.draws(3);

        int sent = 0;
        for (int i = 0; i < RECORDS; i++) {
            GenericRecord made =
                    codec.decode(TimestampFieldTest.random(random, codec.shape().width()), 0);
            assertThat(GenericData.get().validate(ORDER, made)).isTrue();
            assertThat((Long) made.get("paid")).isGreaterThanOrEqualTo((Long) made.get("ordered"));
            if (made.get("sent") != null) {
                assertThat((Long) made.get("sent") - (Long) made.get("paid")).isBetween(60 * MINUTE, 2_940 * MINUTE);
                sent++;
            }
        }
        assertThat(sent).isBetween(1, RECORDS - 1);
    }

    @Test
    void comesBackExactlyAndMissingAsMissing() {
        List<GenericRecord> orders = orders(4);
        RecordCodec codec = Rows.learn(ORDER, orders);
        float[] row = new float[codec.shape().width()];

        for (GenericRecord order : orders) {
            assertThat(codec.encode(order, Rows.draws(5), row, 0)).isZero();
            for (String field : List.of("sent", "ordered", "paid")) {
                assertThat(codec.decode(row, 0).get(field)).as(field).isEqualTo(order.get(field));
            }
        }
    }

    @Test
    void aRecordThatBreaksTheOrderIsUnknownAndPutInOrder() {
        RecordCodec codec = Rows.learn(ORDER, orders(6));
        float[] row = new float[codec.shape().width()];
        long ordered = START + 50 * DAY;

        int unknown = codec.encode(Rows.record(ORDER, null, ordered, ordered - MINUTE, 0.5), Rows.draws(7), row, 0);

        assertThat(unknown).isEqualTo(1);
        assertThat(codec.decode(row, 0).get("ordered")).isEqualTo(ordered);
        assertThat(codec.decode(row, 0).get("paid")).isEqualTo(ordered);
    }

    @Test
    void followsNothingThatItWasEverBeforeOrThereWithoutOrFarFrom() {
        UniformRandomProvider random = Rows.draws(8);
        assertThat(references(pairs(i -> 1L + i % 2, RECORDS))).containsExactly("first", "second>first");
        assertThat(references(pairs(i -> i == 700 ? -1L : 1L + i % 2, RECORDS))).containsExactly("first", "second");
        assertThat(references(pairs(i -> random.nextLong(60 * DAY), RECORDS))).containsExactly("first", "second");
        assertThat(references(pairs(i -> 1L + i % 2, 99))).containsExactly("first", "second");
        assertThat(references(pairs(i -> i == 700 ? null : (Long) (1L + i % 2), RECORDS)))
                .containsExactly("first", "second");
    }

    @Test
    void ofTimesThatAreAlwaysTheSameTheLaterFieldFollows() {
        RecordCodec codec = pairs(i -> 0L, RECORDS);

        assertThat(references(codec)).containsExactly("first", "second>first");
        assertThat(codec.layout().spansByField().get("second")).isEmpty();
        GenericRecord made = codec.decode(
                TimestampFieldTest.random(Rows.draws(9), codec.shape().width()), 0);
        assertThat(made.get("second")).isEqualTo(made.get("first"));
    }

    @Test
    void aReferenceThatIsMissingTakesItsFollowerWithIt() {
        Schema schema = pair();
        List<GenericRecord> records = IntStream.range(0, RECORDS)
                .mapToObj(i -> i % 4 == 0
                        ? Rows.record(schema, null, null)
                        : Rows.record(schema, first(i), i % 4 == 1 ? null : (Long) (first(i) + 7 * MINUTE)))
                .toList();
        RecordCodec codec = Rows.learn(schema, records);
        assertThat(references(codec)).containsExactly("first", "second>first");

        // A row whose reference is missing but whose follower is there
        float[] row = new float[codec.shape().width()];
        float[] present = row.clone();
        codec.encode(records.get(0), Rows.draws(10), row, 0);
        codec.encode(records.get(2), Rows.draws(10), present, 0);
        Span second = codec.layout().spansByField().get("second").get(0);
        System.arraycopy(present, second.choiceOffset(), row, second.choiceOffset(), second.choices());
        assertThat(codec.decode(row, 0).get("second")).isNull();

        // and a record that is like it
        int unknown = codec.encode(Rows.record(schema, null, START), Rows.draws(11), row, 0);
        assertThat(unknown).isEqualTo(1);
    }

    @Test
    void comparesNoMoreTimestampsThanTheLimit() {
        String[] fields = IntStream.range(0, 12)
                .mapToObj(i -> Rows.field("t" + i, TIMESTAMP))
                .toArray(String[]::new);
        Schema schema = Rows.schema(fields);
        RecordCodec codec = Rows.learn(
                schema,
                IntStream.range(0, RECORDS)
                        .mapToObj(i -> Rows.record(
                                schema,
                                IntStream.range(0, 12)
                                        .mapToObj(t -> first(i) + t * MINUTE * (1 + i % 50))
                                        .toArray()))
                        .toList());

        assertThat(references(codec)).contains("t7>t6").contains("t8", "t11").doesNotContain("t0>t1");
    }

    @Test
    void doesNotCompareTimestampsOfDifferentKinds() {
        Schema schema = Rows.schema(
                Rows.field("first", TIMESTAMP),
                Rows.field("second", TIMESTAMP.replace("timestamp-millis", "local-timestamp-millis")));

        assertThat(references(Rows.learn(schema, records(schema, i -> 1L + i % 2, RECORDS))))
                .containsExactly("first", "second");
    }

    @Test
    void refusesALayoutThatFollowsWhatItLacksOrItself() {
        String json = pairs(i -> 1L + i % 2, RECORDS).layout().toJson();

        assertThatThrownBy(() -> new RecordCodec(
                        RecordLayout.fromJson(json.replace("\"reference\":\"first\"", "\"reference\":\"third\""))))
                .hasMessage("A layout whose field 'second' depends on 'third', which it lacks");
        assertThatThrownBy(() -> new RecordCodec(
                        RecordLayout.fromJson(json.replace("\"reference\":\"first\"", "\"reference\":\"second\""))))
                .hasMessage("A layout whose fields depend on each other in a circle");
    }

    private interface Distance {
        Long millis(int i);
    }

    private static Schema pair() {
        String optional = "[\"null\"," + TIMESTAMP + "]";
        return Rows.schema(Rows.field("first", optional), Rows.field("second", optional));
    }

    /** A second timestamp at a distance from a first, which is missing where there is none. */
    private static RecordCodec pairs(Distance distance, int records) {
        return Rows.learn(pair(), records(pair(), distance, records));
    }

    private static List<GenericRecord> records(Schema schema, Distance distance, int count) {
        List<GenericRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Long millis = distance.millis(i);
            records.add(
                    millis == null
                            ? Rows.record(schema, null, first(i))
                            : Rows.record(schema, first(i), first(i) + millis));
        }
        return records;
    }

    private static Long first(int i) {
        return START + i * 7_919L % 5_000 * 30 * MINUTE;
    }

    private static List<String> references(RecordCodec codec) {
        return codec.layout().fields().stream()
                .map(field -> field instanceof FollowerField follower
                        ? field.source().name() + ">" + follower.reference()
                        : field.source().name())
                .toList();
    }
}
