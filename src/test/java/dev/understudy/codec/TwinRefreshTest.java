package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** A word, its number and its letter, learned from 1,200 records of four of them, and then from 300 of another kind. */
class TwinRefreshTest {
    private static final Schema SCHEMA = Rows.schema(
            Rows.field("word", "\"string\""),
            Rows.field("size", "\"double\""),
            Rows.field("number", "\"long\""),
            Rows.field("letter", "[\"null\",\"string\"]"));
    private static final Set<String> ALL = Set.of("word", "number", "letter");

    private static GenericRecord record(int kind, int i) {
        return record("w" + kind, i, 10L * kind, kind == 0 ? null : Character.toString('a' + kind));
    }

    private static GenericRecord record(String word, int i, long number, String letter) {
        return Rows.record(SCHEMA, word, Math.sqrt(i), number, letter);
    }

    @Test
    void aValueThatIsNewInAllIsNewInAll() {
        RefreshedLayout refreshed = refreshed(i -> record(i % 6, i), ALL);

        assertThat(refreshed.relearned()).containsExactly("word", "number", "letter");
        assertThat(TwinFieldTest.twins(refreshed.layout()))
                .containsExactly("word", "size", "number=word", "letter=word");
        assertThat(refreshed.layout().shape().choices()).isEqualTo(6);
        assertThat(refreshed.origins()).containsExactly(0, 1, 2, 3, -1, -1, 4);
        assertComesBack(refreshed, 6);
    }

    @Test
    void twinsAreLearnedAnewWithTheirOriginalAlone() {
        RefreshedLayout refreshed = refreshed(i -> record(i % 6, i), Set.of("word"));

        assertThat(refreshed.relearned()).containsExactly("word", "number", "letter");
        assertComesBack(refreshed, 6);
    }

    @Test
    void aTwinIsTheVerySameWhereItsOriginalIs() {
        assertThat(refreshed(i -> record(i % 4, i), ALL).relearned()).isEmpty();
        assertThat(refreshed(i -> record(i % 6, i), Set.of("number")).relearned())
                .isEmpty();
    }

    @Test
    void aPairThatIsContradictedPartsAndKeepsItsClasses() {
        RefreshedLayout refreshed = refreshed(i -> record("w1", i, 10 * (i % 2) + 10, "b"), Set.of("number"));

        assertThat(refreshed.relearned()).containsExactly("number");
        assertThat(TwinFieldTest.twins(refreshed.layout())).containsExactly("word", "size", "number", "letter=word");
        assertThat(((CategoryField) field(refreshed, 2)).classes()).containsExactlyInAnyOrder(0.0, 10.0, 20.0, 30.0);
        assertThat(refreshed.origins()).containsExactly(0, 1, 2, 3, -1, -1, -1, -1, 4);
        assertComesBack(refreshed, 4);
        GenericRecord mixed = record("w3", 2, 0, "d");
        assertThat(Rows.there(new RecordCodec(refreshed.layout()), mixed, 1).get("number"))
                .isEqualTo(0L);
    }

    @Test
    void whatContradictsFormerRecordsAlonePartsToo() {
        // Of what is observed each word has one number and each number one word: w9 has that of w1
        RefreshedLayout refreshed = refreshed(i -> i % 2 == 0 ? record("w9", i, 10, "z") : record(2, i), ALL);

        assertThat(TwinFieldTest.twins(refreshed.layout())).containsExactly("word", "size", "number", "letter=word");
        assertComesBack(refreshed, 4);
    }

    @Test
    void anOriginalThatIsNoLongerAChoiceAloneLeavesNoTwinBehind() {
        // Given thirty numbers and their names, then two hundred
        Schema schema = Rows.schema(
                Rows.field("shop", "\"long\""), Rows.field("size", "\"double\""), Rows.field("name", "\"string\""));
        IntFunction<GenericRecord> old = i -> Rows.record(schema, i % 30L, Math.sqrt(i), "n" + i % 30);
        RefreshedLayout refreshed =
                refreshed(schema, old, i -> Rows.record(schema, i % 200L, Math.sqrt(i), "n" + i % 200), Set.of("shop"));

        assertThat(refreshed.relearned()).containsExactly("shop", "name");
        assertThat(field(refreshed, 0)).isInstanceOf(NumberField.class);
        assertThat(((CategoryField) field(refreshed, 2)).classes()).hasSize(200);

        // where names are no longer learned as classes those that are known stay
        RefreshedLayout prose = refreshed(
                schema,
                old,
                i -> Rows.record(schema, 100L + i * 7 % 300, Math.sqrt(i), "the very long name of number " + i),
                Set.of("shop"));
        assertThat(prose.problems()).extracting(FieldProblem::field).containsExactly("name");
        assertThat(((CategoryField) field(prose, 2)).classes()).hasSize(30).contains("n0", "n29");
        GenericRecord known = Rows.record(schema, 7L, 1.0, "n7");
        assertThat(Rows.there(new RecordCodec(prose.layout()), known, 1).get("name"))
                .isEqualTo("n7");
    }

    private static void assertComesBack(RefreshedLayout refreshed, int kinds) {
        RecordCodec codec = new RecordCodec(refreshed.layout());
        float[] row = new float[codec.shape().width()];
        for (int kind = 0; kind < kinds; kind++) {
            GenericRecord record = record(kind, 4);
            assertThat(codec.encode(record, Rows.draws(1), row, 0)).isZero();
            for (String field : ALL) {
                assertThat(codec.decode(row, 0).get(field)).as(field).isEqualTo(record.get(field));
            }
        }
    }

    private static LearnedField field(RefreshedLayout refreshed, int index) {
        return refreshed.layout().fields().get(index);
    }

    private static RefreshedLayout refreshed(IntFunction<GenericRecord> young, Set<String> drifted) {
        return refreshed(SCHEMA, i -> record(i % 4, i), young, drifted);
    }

    /** What is laid out anew by a learner that has seen the new records alone. */
    private static RefreshedLayout refreshed(
            Schema schema, IntFunction<GenericRecord> old, IntFunction<GenericRecord> young, Set<String> drifted) {
        RecordLayout former = Rows.learn(
                        schema, IntStream.range(0, 1_200).mapToObj(old).toList())
                .layout();
        assertThat(TwinFieldTest.twins(former).get(2)).contains("=");
        LayoutLearner learner = LayoutLearner.of(former, Map.of());
        IntStream.range(0, 300).mapToObj(young).forEach(learner::observe);
        RefreshedLayout refreshed = learner.refresh(former, drifted);
        String json = refreshed.layout().toJson();
        assertThat(RecordLayout.fromJson(json).toJson()).isEqualTo(json);
        return refreshed;
    }
}
