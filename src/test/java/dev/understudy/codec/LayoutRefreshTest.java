package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class LayoutRefreshTest {
    private static final String NUMBERS = "{\"type\":\"array\",\"items\":\"double\"}";
    private static final String TIME = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";
    private static final long DAY = 86_400_000;
    private static final Hint TEXT = new Hint(Hint.Kind.TEXT, List.of());

    @Test
    void aCategoryKeepsItsClassesInTheirOrderAndGainsTheNewOnesAfterThem() {
        RefreshedLayout refreshed = refreshed(
                "[\"null\",\"string\"]",
                i -> List.of("red", "green", "green").get(i % 3),
                i -> i % 2 == 0 ? "blue" : i % 3 == 0 ? null : "red");

        assertThat(refreshed.relearned()).containsExactly("x");
        CategoryField colour = (CategoryField) field(refreshed);
        assertThat(colour.landmarks()).containsExactly("green", "red", null, "blue");
        assertThat(origins(refreshed)).containsExactly(0, 1, -1, -1);
        assertThat(colour.frequencies()[3]).isBetween(0.2f, 0.3f);
    }

    @Test
    void whatWasKnownStaysKnownThoughNoRecordHasIt() {
        Schema schema = Rows.schema(
                Rows.field("kind", "[\"null\",\"string\"]"),
                Rows.field("note", "[\"null\",\"string\"]"),
                Rows.field("name", "[\"null\",\"string\"]"),
                Rows.field("size", "[\"null\",\"double\"]"));
        LayoutLearner before = new LayoutLearner(schema, Map.of("name", TEXT));
        LayoutLearner since = new LayoutLearner(schema, Map.of("name", TEXT));
        List<GenericRecord> old = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            old.add(Rows.record(
                    schema,
                    i % 9 == 0 ? null : "k" + i % 40,
                    null,
                    i % 9 == 0 ? null : "abcdefghij".substring(i % 10),
                    i % 9 == 0 ? null : (Double) Math.sqrt(i)));
            since.observe(Rows.record(schema, "new", "gift", "x".repeat(11 + i % 2), Math.sqrt(i) / 2));
        }
        old.forEach(before::observe);

        RefreshedLayout refreshed = since.refresh(before.learn(), Set.of("kind", "note", "name", "size"));

        assertThat(refreshed.relearned()).containsExactly("kind", "note", "name", "size");
        RecordCodec codec = new RecordCodec(refreshed.layout());
        Set<String> unknown = new HashSet<>();
        old.forEach(record -> codec.encode(record, Rows.draws(1), row(codec), 0, unknown::add));
        // Numbers are known by their range, which may move.
        assertThat(unknown).containsExactly("size");
        assertThat(refreshed.layout().fields().get(3).seenMissing()).isTrue();
    }

    @Test
    void aNumberKeepsMissingAtomsRestAndScore() {
        // Given missing, the atoms 0 and 7, and the rest; then 3 comes, and not 7
        RefreshedLayout refreshed = refreshed(
                "[\"null\",\"double\"]",
                i -> i % 5 == 0 ? null : i % 5 == 1 ? 0.0 : i % 5 == 2 ? 7.0 : (Double) Math.sqrt(i),
                i -> i % 4 == 0 ? null : i % 4 == 1 ? 0.0 : i % 4 == 2 ? 3.0 : (Double) (-Math.sqrt(i)));
        // Then the classes are missing, 0, 3, 7 and the rest
        assertThat(origins(refreshed)).containsExactly(0, 1, -1, 2, 3, 4);
    }

    @Test
    void numbersWithFewValuesThatBecomeManyKeepThoseThatStayAtoms() {
        RefreshedLayout refreshed = refreshed("\"int\"", i -> i % 4, i -> i % 2 == 0 ? (i / 2) % 3 : 100 + i);

        assertThat(field(refreshed)).isInstanceOf(NumberField.class);
        assertThat(origins(refreshed)).containsExactly(0, 1, 2, 3, -1, -1);
    }

    @Test
    void aConstantThatVariesIsLearned() {
        RefreshedLayout category = refreshed("[\"null\",\"string\"]", i -> null, i -> i % 2 == 0 ? "a" : "b");
        assertThat(((CategoryField) field(category)).landmarks()).containsExactlyInAnyOrder(null, "a", "b");
        assertThat(origins(category)).containsExactly(-1, -1, -1);

        RefreshedLayout number = refreshed("\"double\"", i -> 1.0, i -> Math.sqrt(i));
        assertThat(field(number)).isInstanceOf(NumberField.class);
    }

    @Test
    void textKeepsItsLengthsAndSymbolsAndGainsNewOnes() {
        RefreshedLayout refreshed = refreshed(
                "\"string\"", Map.of("x", TEXT), i -> "abc".substring(0, 1 + i % 3), i -> i % 2 == 0 ? "dddd" : "dd");
        RecordCodec codec = new RecordCodec(refreshed.layout());
        for (String known : List.of("a", "cb", "abc", "dddd", "cd")) {
            assertThat(unknown(codec, known)).as(known).isZero();
        }
        assertThat(Arrays.copyOf(origins(refreshed), 4)).containsExactly(0, 1, 2, -1);
    }

    @Test
    void whatIsNoNewsKeepsItsVeryForm() {
        RefreshedLayout sameClasses = refreshed("\"string\"", i -> "v" + i % 3, i -> "v" + i % 2);
        assertThat(sameClasses.relearned()).isEmpty();
        assertThat(sameClasses.layout().shape()).isEqualTo(sameClasses.former().shape());
        RefreshedLayout noLongerVaries = refreshed("\"double\"", i -> Math.sqrt(i), i -> 5.0);
        assertThat(noLongerVaries.relearned()).isNotEmpty();
        RefreshedLayout dna = refreshed(
                "\"string\"",
                Map.of("x", new Hint(Hint.Kind.DNA, List.of())),
                i -> "ACG" + "TA".charAt(i % 2),
                i -> "ACGN");
        assertThat(dna.relearned()).isEmpty();
    }

    @Test
    void aFieldThatCannotBeLearnedKeepsItsFormAndSaysWhy() {
        RefreshedLayout refreshed =
                refreshed("[\"null\",\"string\"]", i -> null, i -> "The quick fox jumps over number " + i);

        assertThat(refreshed.relearned()).isEmpty();
        assertThat(refreshed.problems()).extracting(FieldProblem::code).containsExactly("free-text");
    }

    @Test
    void anImageOfNumbersFollowsTheirRangeInTheSamePlaces() {
        RefreshedLayout refreshed = refreshed(
                NUMBERS,
                Map.of("x", new Hint(Hint.Kind.IMAGE, List.of(4, 4, 1))),
                i -> picture(i % 10),
                i -> picture(i % 100));

        assertThat(origins(refreshed)).containsExactly(IntStream.range(0, 16).toArray());
        assertThat(unknown(new RecordCodec(refreshed.layout()), picture(99))).isZero();
    }

    @Test
    void aSeriesWhoseChannelsPartIsLearnedAnewByChannel() {
        RefreshedLayout refreshed = refreshed(
                NUMBERS,
                Map.of("x", new Hint(Hint.Kind.SERIES, List.of(2, 2))),
                i -> List.of(i % 7 * 1.0, i % 7 * 1.0, i % 5 * 1.0, i % 5 * 1.0),
                i -> List.of(i % 7 * 1.0, i % 3 * 1.0, i % 5 * 1.0, i % 4 * 1.0));

        assertThat(origins(refreshed)).containsExactly(0, -1, 1, -1);
    }

    @Test
    void timestampsGoOnPartByPart() {
        // Nine weeks become thirteen, each a class as the weekdays are; the time of day is a number.
        RefreshedLayout longer =
                refreshed(TIME, i -> i * 17_919_000L % (60 * DAY), i -> 30 * DAY + i * 17_919_000L % (57 * DAY));
        int[] weeks = {0, 1, 2, 3, 4, 5, 6, 7, 8, -1, -1, -1, -1};
        assertThat(Arrays.copyOf(origins(longer), 13)).containsExactly(weeks);
        assertThat(Arrays.copyOfRange(origins(longer), 13, 21)).containsExactly(9, 10, 11, 12, 13, 14, 15, 16);

        // Days and times of day become weeks, weekdays and times of day: the last go on.
        RefreshedLayout otherParts = refreshed(TIME, i -> i * DAY / 40, i -> i * DAY / 7);
        int[] origins = origins(otherParts);
        assertThat(Arrays.copyOf(origins, origins.length - 1)).containsOnly(-1);
        assertThat(origins[origins.length - 1])
                .isEqualTo(places(otherParts.former()).size() - 1);
    }

    @Test
    void anOrderThatIsBrokenIsGivenUp() {
        Schema schema = Rows.schema(Rows.field("start", TIME), Rows.field("end", TIME));
        LayoutLearner learner = new LayoutLearner(schema, Map.of());
        for (long i = 0; i < 200; i++) {
            learner.observe(Rows.record(schema, i * DAY, i * DAY + i % 90 * 60_000));
        }
        RecordLayout former = learner.learn();
        assertThat(former.fields().get(1)).isInstanceOf(FollowerField.class);
        learner.observe(Rows.record(schema, DAY, 0L));

        RefreshedLayout refreshed = learner.refresh(former, Set.of("end"));

        assertThat(refreshed.layout().fields().get(0)).isSameAs(former.fields().get(0));
        assertThat(refreshed.layout().fields().get(1)).isInstanceOf(TimestampField.class);
        RecordCodec codec = new RecordCodec(refreshed.layout());
        assertThat(codec.encode(Rows.record(schema, DAY, 0L), Rows.draws(1), row(codec), 0))
                .isZero();
    }

    @Test
    void timesThatAreLearnedAnewCloseNoCircleWithThoseThatAreNot() {
        // Given an end that follows its start
        Schema schema = Rows.schema(Rows.field("start", TIME), Rows.field("end", TIME));
        LayoutLearner before = new LayoutLearner(schema, Map.of());
        LayoutLearner after = new LayoutLearner(schema, Map.of());
        for (long i = 0; i < 200; i++) {
            before.observe(Rows.record(schema, i * DAY, i * DAY + i % 90 * 60_000));
            after.observe(Rows.record(schema, i * DAY + i % 90 * 60_000, i * DAY));
        }
        // When the start has become what follows
        RefreshedLayout refreshed = after.refresh(before.learn(), Set.of("start"));
        // Then a codec can be made of it
        assertThat(new RecordCodec(refreshed.layout()).layout().fields().get(0)).isInstanceOf(TimestampField.class);
    }

    @Test
    void floatsWithAnOriginSayTheSameOfRecordsThatBothKnow() {
        Schema schema = Rows.schema(
                Rows.field("kind", "\"string\""),
                Rows.field("size", "[\"null\",\"double\"]"),
                Rows.field("flag", "\"boolean\""),
                Rows.field("name", "\"string\""));
        IntFunction<GenericRecord> old = i -> Rows.record(
                schema,
                "k" + i % 5,
                i % 3 == 0 ? null : i % 3 == 1 ? 4.0 : (Double) Math.sqrt(i),
                i % 2 == 0,
                "ab".substring(i % 2));
        IntFunction<GenericRecord> young = i -> Rows.record(
                schema,
                "k" + i % 7,
                i % 4 == 0 ? null : i % 4 == 1 ? 4.0 : i % 4 == 2 ? 9.0 : (Double) (2 * Math.sqrt(i)),
                true,
                "abc".substring(i % 3));
        RefreshedLayout refreshed =
                refreshed(schema, Map.of("name", TEXT), old, young, Set.of("kind", "size", "flag", "name"));
        assertThat(refreshed.relearned()).containsExactly("kind", "size", "name");
        RecordCodec before = new RecordCodec(refreshed.former());
        RecordCodec after = new RecordCodec(refreshed.layout());
        int[] origins = refreshed.origins();
        for (int i = 0; i < 60; i++) {
            float[] was = row(before);
            float[] is = row(after);
            before.encode(old.apply(i), Rows.draws(i), was, 0);
            after.encode(old.apply(i), Rows.draws(i), is, 0);
            int scores = refreshed.layout().shape().choices();
            for (int place = 0; place < is.length; place++) {
                if (place != scores) {
                    assertThat(is[place]).isEqualTo(origins[place] < 0 ? 0 : was[origins[place]]);
                }
            }
            assertThat(origins[scores]).isEqualTo(refreshed.former().shape().choices());
        }
    }

    /** A field beside one that varies, learned from 300 records of one kind, then relearned from as many of each. */
    private static RefreshedLayout refreshed(String type, IntFunction<Object> old, IntFunction<Object> young) {
        return refreshed(type, Map.of(), old, young);
    }

    private static RefreshedLayout refreshed(
            String type, Map<String, Hint> hints, IntFunction<Object> old, IntFunction<Object> young) {
        Schema schema = Rows.schema(Rows.field("x", type), Rows.field("y", "\"double\""));
        RefreshedLayout refreshed = refreshed(
                schema,
                hints,
                i -> Rows.record(schema, old.apply(i), Math.sqrt(i)),
                i -> Rows.record(schema, young.apply(i), Math.sqrt(i)),
                Set.of("x"));
        assertThat(refreshed.layout().fields().get(1))
                .isSameAs(refreshed.former().fields().get(1));
        return refreshed;
    }

    private static RefreshedLayout refreshed(
            Schema schema,
            Map<String, Hint> hints,
            IntFunction<GenericRecord> old,
            IntFunction<GenericRecord> young,
            Set<String> drifted) {
        LayoutLearner learner = new LayoutLearner(schema, hints);
        IntStream.range(0, 300).mapToObj(old).forEach(learner::observe);
        RecordLayout former = learner.learn();
        IntStream.range(0, 300).mapToObj(young).forEach(learner::observe);
        RefreshedLayout refreshed = learner.refresh(former, drifted);
        String json = refreshed.layout().toJson();
        assertThat(RecordLayout.fromJson(json).toJson()).isEqualTo(json);
        return refreshed;
    }

    private static LearnedField field(RefreshedLayout refreshed) {
        return refreshed.layout().fields().get(0);
    }

    /** Those of the field x, in the order of its own floats and numbered as such. */
    private static int[] origins(RefreshedLayout refreshed) {
        List<Integer> before = places(refreshed.former());
        int[] origins = refreshed.origins();
        return places(refreshed.layout()).stream()
                .mapToInt(place -> before.indexOf(origins[place]))
                .toArray();
    }

    private static List<Integer> places(RecordLayout layout) {
        List<Integer> places = new ArrayList<>();
        List<Span> spans = layout.spansByField().get("x");
        spans.forEach(span -> IntStream.range(0, span.choices()).forEach(i -> places.add(span.choiceOffset() + i)));
        spans.forEach(
                span -> IntStream.range(0, span.value().width()).forEach(i -> places.add(span.valueOffset() + i)));
        return places;
    }

    private static List<Double> picture(int level) {
        return IntStream.range(0, 16).mapToObj(i -> (double) (i * level)).toList();
    }

    private static int unknown(RecordCodec codec, Object x) {
        return codec.encode(Rows.record(codec.layout().schema(), x, 1.0), Rows.draws(1), row(codec), 0);
    }

    private static float[] row(RecordCodec codec) {
        return new float[codec.shape().width()];
    }
}
