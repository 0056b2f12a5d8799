package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Whatever goes with whatever, one to one, it is held once and comes back. */
class TwinProperties {
    private static final Schema SCHEMA = Rows.schema(
            Rows.field("word", "[\"null\",\"string\"]"),
            Rows.field("size", "\"double\""),
            Rows.field("number", "[\"null\",\"long\"]"),
            Rows.field("code", "\"string\""));
    private static final int COLUMNS = 5;
    private static final int KINDS = 20;

    /** Whole numbers up to here are doubles. */
    private static final long MOST = 1L << 53;

    private static final int RECORDS = TwinLearner.ENOUGH + KINDS;

    /** Kinds of things that come in turn, each with a word and a number that no other has; null is missing. */
    private record Kinds(List<String> words, List<Long> numbers) {

        GenericRecord record(int i) {
            int kind = i % words.size();
            return Rows.record(SCHEMA, words.get(kind), i / 8.0, numbers.get(kind), "c" + kind);
        }

        List<GenericRecord> records() {
            return IntStream.range(0, RECORDS).mapToObj(this::record).toList();
        }
    }

    @Property(tries = 50, seed = "20261125")
    void anyOneToOneMapComesBackFromRecordsRowsAndWhatIsGiven(@ForAll("kinds") Kinds kinds, @ForAll long seed) {
        List<GenericRecord> records = kinds.records();
        RecordCodec codec = Rows.learn(SCHEMA, records);
        assertThat(TwinFieldTest.twins(codec.layout())).containsExactly("word", "size", "number=word", "code=word");
        float[] row = TimestampFieldTest.random(Rows.draws(seed), codec.shape().width());
        GenericRecord made = codec.decode(row, 0);
        assertThat(records).anyMatch(real -> sameThing(real, made));

        for (int i = 0; i < kinds.words().size(); i++) {
            GenericRecord real = records.get(i);
            assertThat(sameThing(real, Rows.there(codec, real, seed))).isTrue();
            for (String field : List.of("word", "number", "code")) {
                Given given = codec.given(Collections.singletonMap(field, real.get(field)));
                given.encode(Rows.draws(seed), row, new float[codec.shape().fields()], 0);
                GenericRecord sample = codec.decode(row, 0);
                assertThat(sameThing(real, sample)).as(field).isTrue();
                given.overwrite(sample);
                assertThat(sameThing(real, sample)).as(field).isTrue();
            }
        }
    }

    private static boolean sameThing(GenericRecord one, GenericRecord other) {
        return IntStream.of(0, 2, 3).allMatch(i -> Objects.equals(one.get(i), other.get(i)));
    }

    @Property(tries = 200, seed = "20261125")
    void whatTwoLearnersSawIsWhatOneWouldHaveSeen(
            @ForAll("columns") @Size(min = 1, max = 60) List<List<Integer>> rows,
            @ForAll @IntRange(max = 60) int split) {
        int first = Math.min(split, rows.size());
        TwinLearner merged = learner(rows.subList(0, first));
        merged.merge(learner(rows.subList(first, rows.size())));

        assertThat(pairs(merged)).isEqualTo(pairs(learner(rows)));
        assertThat(pairs(merged)).isEqualTo(pairs(rows));
    }

    private static TwinLearner learner(List<List<Integer>> rows) {
        Schema schema = Rows.schema(IntStream.range(0, COLUMNS)
                .mapToObj(i -> Rows.field("f" + i, "\"string\""))
                .toArray(String[]::new));
        TwinLearner learner = new TwinLearner(new SchemaFields(schema, Map.of()).learned());
        rows.forEach(row -> learner.observe(row.toArray()));
        return learner;
    }

    /** What goes with what, by name of both fields. */
    private static Map<String, Map<Object, Object>> pairs(TwinLearner learner) {
        return pairs((first, second) -> learner.pairs("f" + first, "f" + second));
    }

    /** The same, each pair of fields by itself. */
    private static Map<String, Map<Object, Object>> pairs(List<List<Integer>> rows) {
        return pairs((first, second) -> {
            Map<Object, Object> there = new HashMap<>();
            Map<Object, Object> back = new HashMap<>();
            rows.forEach(row -> there.put(row.get(first), row.get(second)));
            rows.forEach(row -> back.put(row.get(second), row.get(first)));
            boolean twins = rows.stream()
                    .allMatch(row -> Objects.equals(there.get(row.get(first)), row.get(second))
                            && Objects.equals(back.get(row.get(second)), row.get(first)));
            return twins ? Optional.of(there) : Optional.empty();
        });
    }

    private static Map<String, Map<Object, Object>> pairs(
            BiFunction<Integer, Integer, Optional<Map<Object, Object>>> pair) {
        Map<String, Map<Object, Object>> pairs = new HashMap<>();
        for (int first = 0; first < COLUMNS; first++) {
            for (int second = 0; second < COLUMNS; second++) {
                String names = first + " and " + second;
                if (first != second) {
                    pair.apply(first, second).ifPresent(found -> pairs.put(names, found));
                }
            }
        }
        return pairs;
    }

    @Provide
    Arbitrary<Kinds> kinds() {
        return Arbitraries.integers().between(2, KINDS).flatMap(kinds -> Combinators.combine(
                        Arbitraries.strings()
                                .alpha()
                                .ofMaxLength(5)
                                .injectNull(0.1)
                                .list()
                                .ofSize(kinds)
                                .uniqueElements(),
                        Arbitraries.longs()
                                .between(-MOST, MOST)
                                .injectNull(0.1)
                                .list()
                                .ofSize(kinds)
                                .uniqueElements())
                .as(Kinds::new));
    }

    /** Columns say one thing each in its own way, null for one of them, but for a slip now and then. */
    @Provide
    Arbitrary<List<List<Integer>>> columns() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 40 * COLUMNS))
                .as((thing, slip) -> IntStream.range(0, COLUMNS)
                        .mapToObj(column -> (thing + column + (slip == column ? 1 : 0)) % 4)
                        .map(value -> value == 3 ? null : value)
                        .toList())
                .list();
    }
}
