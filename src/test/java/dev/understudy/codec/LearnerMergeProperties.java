package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;

/** What two learners saw, each a part of a stream, is what one would have seen of the whole. */
class LearnerMergeProperties {
    private static final String TIME = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";
    private static final String NUMBERS = "{\"type\":\"array\",\"items\":\"double\"}";
    private static final long DAY = 86_400_000;

    static final Schema SCHEMA = Rows.schema(
            Rows.field("word", "[\"null\",\"string\"]"),
            Rows.field("count", "[\"int\",\"null\"]"),
            Rows.field("number", "\"double\""),
            Rows.field("at", TIME),
            Rows.field("name", "[\"null\",\"string\"]"),
            Rows.field("walk", "[\"null\"," + NUMBERS + "]"),
            Rows.field("picture", NUMBERS));
    private static final Map<String, Hint> HINTS = Map.of(
            "name", new Hint(Hint.Kind.TEXT, List.of()),
            "walk", new Hint(Hint.Kind.SERIES, List.of(4, 2)),
            "picture", new Hint(Hint.Kind.IMAGE, List.of(4, 4, 1)));

    private static final Schema TRIP = Rows.schema(
            Rows.field("start", TIME),
            Rows.field("end", TIME),
            Rows.field("price", "\"double\""),
            Rows.field("place", "\"string\""));
    private static final Map<String, Hint> PLACES = Map.of("place", new Hint(Hint.Kind.CATEGORY, List.of()));

    @Property(tries = 100, seed = "20261125")
    void isWhatOneLearnerWouldHaveSeen(
            @ForAll("records") @Size(min = 1, max = 80) List<GenericRecord> records,
            @ForAll @IntRange(max = 80) int split) {
        int first = Math.min(split, records.size());
        LayoutLearner whole = learner(records);
        LayoutLearner merged = learner(records.subList(0, first));

        merged.merge(learner(records.subList(first, records.size())));

        assertThat(merged.observed()).isEqualTo(whole.observed());
        assertThat(merged.problems()).isEqualTo(whole.problems());
        if (whole.problems().isEmpty()) {
            assertThat(merged.learn().toJson()).isEqualTo(whole.learn().toJson());
        }
    }

    @Example
    void isCloseWhereSketchesTakeOver() {
        LayoutLearner first = trips(0, 20_000, Rows.draws(1));
        LayoutLearner merged = new LayoutLearner(TRIP, PLACES);
        merged.merge(first);
        merged.merge(trips(20_000, 60_000, Rows.draws(2)));

        RecordLayout layout = merged.learn();

        NumberField price = (NumberField) layout.fields().get(2);
        float[] row = new float[1];
        for (double share : new double[] {0.1, 0.5, 0.9}) {
            price.encode(1000 * share, Rows.draws(3), row, 0, 0);
            assertThat(Normal.share(row[0])).isCloseTo(share, within(0.01));
        }
        CategoryField place = (CategoryField) layout.fields().get(3);
        assertThat(Arrays.copyOf(place.frequencies(), 4))
                .containsExactly(new float[] {0.25f, 0.25f, 0.25f, 0.25f}, within(0.01f));
        assertThat(first.observed()).isEqualTo(20_000);
    }

    @Example
    void keepsAnOrderOfTimesThatHoldsInBothAlone() {
        LayoutLearner merged = trips(0, 100, Rows.draws(1));
        merged.merge(trips(100, 200, Rows.draws(2)));
        assertThat(merged.learn().fields().get(1)).isInstanceOf(FollowerField.class);

        LayoutLearner backwards = new LayoutLearner(TRIP, PLACES);
        backwards.observe(Rows.record(TRIP, DAY, DAY - 1, 1.0, "a"));
        merged.merge(backwards);
        assertThat(merged.learn().fields().get(1)).isNotInstanceOf(FollowerField.class);
    }

    @Example
    void seesNumbersOfRecordsAcrossTheSeam() {
        Schema schema = Rows.schema(Rows.field("n", "\"long\""), Rows.field("x", "\"double\""));
        LongFunction<GenericRecord> record = i -> Rows.record(schema, i, Math.sqrt((double) i));
        LayoutLearner merged = new LayoutLearner(schema, Map.of());
        LayoutLearner next = new LayoutLearner(schema, Map.of());
        LongStream.range(0, 40).mapToObj(record).forEach(merged::observe);
        LongStream.range(40, 80).mapToObj(record).forEach(next::observe);
        merged.merge(next);
        assertThat(merged.problems()).extracting(FieldProblem::code).containsExactly("identifier");
        merged.merge(next);
        assertThat(merged.problems()).isEmpty();
    }

    @Example
    void aSampleOfSeriesIsUniformOverBothStreams() {
        Schema schema = Rows.schema(Rows.field("walk", NUMBERS));
        LayoutLearner merged = walks(schema, 12_000, 0);
        merged.merge(walks(schema, 4_000, 1));

        SeriesField walk = (SeriesField) merged.learn().fields().get(0);

        // Of scores that are standard normal over both; half of each would have the mean .42.
        assertThat(walk.scale().first().mean()[0]).isCloseTo(0, within(0.06));
    }

    @Example
    void refusesALearnerOfOtherFields() {
        LayoutLearner learner = new LayoutLearner(SCHEMA, HINTS);
        LayoutLearner other = new LayoutLearner(TRIP, PLACES);
        assertThatThrownBy(() -> learner.merge(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("place");
    }

    static LayoutLearner learner(List<GenericRecord> records) {
        LayoutLearner learner = new LayoutLearner(SCHEMA, HINTS);
        records.forEach(learner::observe);
        return learner;
    }

    /** Prices are uniform to 1000; half of the places are four, the others mostly differ. */
    private static LayoutLearner trips(int from, int to, UniformRandomProvider draws) {
        LayoutLearner learner = new LayoutLearner(TRIP, PLACES);
        for (int i = from; i < to; i++) {
            long start = i * 3_600_000L;
            String place = draws.nextBoolean() ? "here " + draws.nextInt(4) : "place " + draws.nextInt(50_000);
            learner.observe(Rows.record(TRIP, start, start + draws.nextInt(600_000), 1000 * draws.nextDouble(), place));
        }
        return learner;
    }

    private static LayoutLearner walks(Schema schema, int count, int level) {
        Map<String, Hint> hints = Map.of("walk", new Hint(Hint.Kind.SERIES, List.of(2, 1)));
        LayoutLearner learner = new LayoutLearner(schema, hints);
        UniformRandomProvider draws = Rows.draws(level);
        for (int i = 0; i < count; i++) {
            learner.observe(Rows.record(schema, List.of(level + draws.nextDouble(), level + draws.nextDouble())));
        }
        return learner;
    }

    @Provide
    Arbitrary<List<GenericRecord>> records() {
        return anyRecords();
    }

    static Arbitrary<List<GenericRecord>> anyRecords() {
        return Combinators.combine(
                        Arbitraries.of("red", "green", "blue", "grey").injectNull(0.2),
                        Arbitraries.integers().between(-20, 20).injectNull(0.2),
                        Arbitraries.doubles().between(-1e3, 1e3).ofScale(2),
                        Arbitraries.longs().between(0, 30 * DAY),
                        Arbitraries.strings()
                                .withCharRange('a', 'g')
                                .ofMaxLength(7)
                                .injectNull(0.2),
                        Arbitraries.doubles()
                                .between(-1e3, 1e3)
                                .list()
                                .ofSize(8)
                                .injectNull(0.2),
                        Arbitraries.doubles().between(0, 1).list().ofSize(16))
                .as((word, count, number, at, name, walk, picture) ->
                        Rows.record(SCHEMA, word, count, number, at, name, walk, picture))
                .list();
    }
}
