package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/** Rides are booked, begin up to an hour after, end up to two hours after that, and are rated up to a day after they began. */
class GivenTimesTest {
    private static final long START = 1_700_000_000_000L;
    private static final long SECOND = 1_000;
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final List<String> TIMES = List.of("booked", "begun", "ended", "rated");
    private static final String TIMESTAMP = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";
    private static final Schema SCHEMA = Rows.schema(
            Rows.field("booked", TIMESTAMP),
            Rows.field("begun", TIMESTAMP),
            Rows.field("ended", "[\"null\"," + TIMESTAMP + "]"),
            Rows.field("rated", "[\"null\"," + TIMESTAMP + "]"),
            Rows.field("fare", "\"double\""));

    private static final List<GenericRecord> RIDES = rides();
    private static final RecordCodec CODEC = Rows.learn(SCHEMA, RIDES);

    private static List<GenericRecord> rides() {
        UniformRandomProvider random = Rows.draws(1);
        return IntStream.range(0, 3_000)
                .mapToObj(i -> {
                    long booked = START + random.nextLong(100 * DAY / SECOND) * SECOND;
                    long begun = booked + random.nextLong(3_600) * SECOND;
                    long ended = begun + random.nextLong(7_200) * SECOND;
                    long rated = begun + (12 * HOUR + random.nextLong(12 * 3_600) * SECOND) * (i % 2);
                    return Rows.record(
                            SCHEMA,
                            booked,
                            begun,
                            i % 7 == 0 ? null : (Long) ended,
                            i % 3 == 0 ? null : (Long) rated,
                            random.nextDouble());
                })
                .toList();
    }

    @Test
    void comesBackExactlyAndInOrderInWhateverCombinationItIsGiven() {
        for (int ride = 0; ride < 60; ride++) {
            for (int chosen = 1; chosen < 16; chosen++) {
                Map<String, Object> given = given(RIDES.get(ride), chosen);
                GenericRecord sample = sample(CODEC.given(given), 100L * ride + chosen);

                given.forEach((field, value) ->
                        assertThat(sample.get(field)).as(field).isEqualTo(value));
                assertInOrder(sample);
            }
        }
    }

    @Test
    void timesFromDifferentRidesAreRefusedOrKeptExactlyAndInOrder() {
        UniformRandomProvider random = Rows.draws(2);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            long base = (Long) RIDES.get(i).get("booked");
            Map<String, Object> given = new HashMap<>();
            for (String field : TIMES) {
                if (random.nextBoolean()) {
                    given.put(field, base + random.nextLong(4 * HOUR / SECOND) * SECOND);
                }
            }
            try {
                GenericRecord sample = sample(CODEC.given(given), i);
                given.forEach((field, value) -> assertThat(sample.get(field)).isEqualTo(value));
                assertInOrder(sample);
            } catch (UnsuitableValueException e) {
                assertThat(e.problem().code()).isIn("out-of-order", "out-of-range");
                refused++;
            }
        }
        assertThat(refused).isBetween(200, 1_800);
    }

    @Test
    void aFollowerThatIsGivenAloneGivesAndMarksWhatItFollows() {
        assertThat(marked(CODEC.given(Map.of("ended", RIDES.get(1).get("ended")))))
                .containsExactly("booked", "booked.weekday", "booked.time", "begun", "ended");
        assertThat(marked(CODEC.given(Map.of("booked", RIDES.get(1).get("booked")))))
                .containsExactly("booked", "booked.weekday", "booked.time");
        assertThat(marked(CODEC.given(Collections.singletonMap("ended", null)))).containsExactly("ended");
    }

    @Test
    void theReferenceOfAFollowerIsDrawnAnewForEverySampleAndIsAFunctionOfItsDraws() {
        Given given = CODEC.given(Map.of("ended", RIDES.get(1).get("ended")));

        List<Object> begun = new ArrayList<>();
        List<Object> again = new ArrayList<>();
        List<Object> waits = new ArrayList<>();
        for (int seed = 0; seed < 1_000; seed++) {
            GenericRecord sample = sample(given, seed);
            begun.add(sample.get("begun"));
            again.add(sample(given, seed).get("begun"));
            waits.add(((Long) sample.get("begun") - (Long) sample.get("booked")) / (HOUR / 4));
        }
        assertThat(again).isEqualTo(begun);
        assertThat(Collections.frequency(begun, begun.get(0))).isLessThan(10);
        assertThat(Marginals.totalVariation(waits, List.of(0, 1, 2, 3))).isLessThan(0.08);
    }

    @Test
    void whatNetworksSeeIsWhatTheSampleHas() {
        Given given = CODEC.given(Map.of("ended", RIDES.get(1).get("ended")));
        for (int seed = 0; seed < 100; seed++) {
            float[] row = new float[CODEC.shape().width()];
            given.encode(Rows.draws(seed), row, new float[CODEC.shape().fields()], 0);
            GenericRecord seen = CODEC.decode(row, 0);
            GenericRecord sample = CODEC.decode(row, 0);
            given.overwrite(sample);
            assertThat(sample.get("booked")).isEqualTo(seen.get("booked"));
            assertThat(sample.get("begun")).isEqualTo(seen.get("begun"));
        }
    }

    @Test
    void followersMoveWithAReferenceThatIsGivenOffTheGrid() {
        long booked = (Long) RIDES.get(1).get("booked") + 499;
        for (int seed = 0; seed < 300; seed++) {
            GenericRecord sample = sample(CODEC.given(Map.of("booked", booked)), seed);
            assertThat(sample.get("booked")).isEqualTo(booked);
            assertThat(((Long) sample.get("begun") - booked) % SECOND).isZero();
            assertInOrder(sample);
        }
    }

    @Test
    void refusesTimesThatAreOutOfOrderAndSaysWhatTheirOrderIs() {
        long booked = START + 50 * DAY / SECOND * SECOND;
        FieldProblem problem = refusal(Map.of("booked", booked, "begun", booked - SECOND));

        assertThat(problem.field()).isEqualTo("begun");
        assertThat(problem.code()).isEqualTo("out-of-order");
        assertThat(problem.message())
                .startsWith(
                        "Field 'begun' does not go with the other times that are given: 'begun' comes PT0S to PT59M")
                .endsWith(" after 'booked', never without it; it is '" + Instant.ofEpochMilli(booked - SECOND) + "'.");
        assertThat(refusal(Map.of("booked", booked, "begun", booked + 2 * HOUR)).code())
                .isEqualTo("out-of-order");
        assertThat(refusal(Map.of("booked", booked, "ended", booked - SECOND)).field())
                .isEqualTo("ended");
        assertThat(refusal(Map.of("ended", booked, "rated", booked + 3 * DAY)).code())
                .isEqualTo("out-of-order");
        assertThat(refusal(Map.of("ended", START - DAY)).code()).isEqualTo("out-of-range");
    }

    @Test
    void refusesAFollowerOfWhatIsGivenAsMissing() {
        String optional = "[\"null\"," + TIMESTAMP + "]";
        Schema schema = Rows.schema(Rows.field("first", optional), Rows.field("second", optional));
        RecordCodec codec = Rows.learn(
                schema,
                RIDES.stream()
                        .map(ride -> ride.get("ended") == null
                                ? Rows.record(schema, null, null)
                                : Rows.record(schema, ride.get("begun"), ride.get("ended")))
                        .toList());
        Map<String, Object> given = new HashMap<>();
        given.put("first", null);

        float[] row = TimestampFieldTest.random(Rows.draws(3), codec.shape().width());
        codec.given(given).encode(Rows.draws(4), row, new float[codec.shape().fields()], 0);
        assertThat(codec.decode(row, 0).get("second")).isNull();
        given.put("second", RIDES.get(1).get("ended"));
        assertThat(catchThrowableOfType(UnsuitableValueException.class, () -> codec.given(given))
                        .problem()
                        .code())
                .isEqualTo("out-of-order");
    }

    /** Some of a ride's times, null if they are missing. */
    private static Map<String, Object> given(GenericRecord ride, int chosen) {
        Map<String, Object> given = new HashMap<>();
        for (int i = 0; i < TIMES.size(); i++) {
            if ((chosen >> i & 1) == 1) {
                given.put(TIMES.get(i), ride.get(TIMES.get(i)));
            }
        }
        return given;
    }

    /** What is given, and all else at random, as a generator would have it. */
    private static GenericRecord sample(Given given, long seed) {
        float[] row = TimestampFieldTest.random(Rows.draws(seed), CODEC.shape().width());
        given.encode(Rows.draws(seed), row, new float[CODEC.shape().fields()], 0);
        GenericRecord sample = CODEC.decode(row, 0);
        given.overwrite(sample);
        assertThat(GenericData.get().validate(SCHEMA, sample)).isTrue();
        return sample;
    }

    private static void assertInOrder(GenericRecord sample) {
        long begun = (Long) sample.get("begun");
        assertThat(begun - (Long) sample.get("booked")).isBetween(0L, HOUR);
        if (sample.get("ended") instanceof Long ended) {
            assertThat(ended - begun).isBetween(0L, 2 * HOUR);
        }
        if (sample.get("rated") instanceof Long rated) {
            assertThat(rated - begun).isBetween(0L, DAY);
        }
    }

    private static List<String> marked(Given given) {
        float[] mask = new float[CODEC.shape().fields()];
        given.encode(Rows.draws(5), new float[CODEC.shape().width()], mask, 0);
        return IntStream.range(0, mask.length)
                .filter(i -> mask[i] == 1)
                .mapToObj(i -> CODEC.shape().spans().get(i).field())
                .toList();
    }

    private static FieldProblem refusal(Map<String, Object> values) {
        return catchThrowableOfType(UnsuitableValueException.class, () -> CODEC.given(values))
                .problem();
    }
}
