package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class TextFieldTest {
    private static final Schema SCHEMA = Rows.schema(Rows.field("x", "[\"null\",\"string\"]"));
    private static final Hint TEXT = new Hint(Hint.Kind.TEXT, List.of());
    private static final Hint DNA = new Hint(Hint.Kind.DNA, List.of());
    private static final Hint CODING = new Hint(Hint.Kind.DNA, List.of(), 3);

    @Test
    void aStringIsItsLengthAndAOneHotAtEachPlace() {
        RecordCodec codec = learn(TEXT, "ab", "b", "b", null);

        assertThat(codec.shape().spans())
                .containsExactly(new Span("x", 0, 3, 3, new Span.Text(2, 1, List.of(0, 1, 2))));
        assertThat(codec.shape().frequencies()).containsExactly(0.25f, 0.5f, 0.25f);
        assertThat(row(codec, "ab")).containsExactly(0, 0, 1, 0, 1, 1, 0);
        assertThat(row(codec, "b")).containsExactly(0, 1, 0, 1, 0, 0, 0);
        assertThat(row(codec, null)).containsExactly(1, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void stringsComeBackMissingAndEmptyOnesToo() {
        List<String> strings = Arrays.asList("", null, "a", "😀é", "zz top", "\u0000\n");
        RecordCodec codec = learn(TEXT, strings.toArray(String[]::new));

        for (String string : strings) {
            assertThat(unknown(codec, string)).isZero();
            assertThat(there(codec, string)).isEqualTo(string);
        }
    }

    @Test
    void stringsOfOneLengthHaveNoChoice() {
        RecordCodec codec = learn(TEXT, "abc", "bca");

        assertThat(codec.shape().spans()).containsExactly(new Span("x", 0, 0, 0, new Span.Text(3, 1, List.of(3))));
        assertThat(codec.shape().frequencies()).isEmpty();
        assertThat(there(codec, "cab")).isEqualTo("cab");
    }

    @Test
    void theSameStringEverywhereIsAConstantHoweverLong() {
        String long1 = "y".repeat(600);
        RecordCodec codec = Rows.learn(
                Rows.schema(Rows.field("x", "\"string\""), Rows.field("n", "\"double\"")),
                Map.of("x", TEXT),
                IntStream.range(0, 100)
                        .mapToObj(i -> Rows.record(
                                Rows.schema(Rows.field("x", "\"string\""), Rows.field("n", "\"double\"")),
                                long1,
                                i * 0.1))
                        .toList());

        assertThat(codec.shape().fields()).isEqualTo(1);
        assertThat(codec.decode(new float[1], 0).get("x")).isEqualTo(long1);
    }

    @Test
    void symbolsAndLengthsThatAreNewAreCountedAndReplaced() {
        RecordCodec codec = learn(TEXT, "eee", "eat", "tee", "eeeeee");

        assertThat(there(codec, "eaz")).isEqualTo("eae");
        assertThat(unknown(codec, "eaz")).isEqualTo(1);
        assertThat(there(codec, "tatta")).isEqualTo("tat");
        assertThat(unknown(codec, "tatta")).isEqualTo(1);
        assertThat(there(codec, "ta")).isEqualTo("tae");
        assertThat(there(codec, "t".repeat(2_000))).isEqualTo("tttttt");
        assertThat(there(codec, null)).isEqualTo("eee");
        assertThat(unknown(codec, null)).isEqualTo(1);
    }

    @Test
    void dnaIsReadInUpperCaseOverItsFourBases() {
        RecordCodec codec = learn(DNA, "aatt", "AATA", "AC");

        assertThat(((Span.Text) codec.shape().spans().get(0).value()).symbols()).isEqualTo(4);
        assertThat(there(codec, "acgt")).isEqualTo("ACGT");
        assertThat(unknown(codec, "acgt")).isZero();
        assertThat(there(codec, "ACNT")).isEqualTo("ACAT");
        assertThat(unknown(codec, "ACNT")).isEqualTo(1);
    }

    @Test
    void codingSequencesKeepWholeCodons() {
        RecordCodec codec = learn(CODING, "ATGTAA", "ATGCCCTAAG", "ATG");

        Span.Text shape = (Span.Text) codec.shape().spans().get(0).value();
        assertThat(shape).isEqualTo(new Span.Text(4, 3, List.of(3, 6, 9)));
        assertThat(there(codec, "ATGCCCTAAG")).isEqualTo("ATGCCCTAA");
        assertThat(unknown(codec, "ATGCCCTAAG")).isEqualTo(1);
        assertThat(there(codec, "ATGCCCTA")).isEqualTo("ATGCCC");
        assertThat(learn(CODING, "A".repeat(600), "CCC").shape().spans().get(0).value())
                .isEqualTo(new Span.Text(4, 3, List.of(3, 510)));
    }

    @Test
    void rareSymbolsBeyondTheLargestAlphabetAreUnknown() {
        List<String> strings = new ArrayList<>();
        IntStream.range(0, 300).forEach(i -> strings.add(Character.toString('\u4e00' + i)));
        IntStream.range(0, 200).forEach(i -> strings.add(Character.toString('\u4e00' + i)));
        strings.add("\u4e05");
        RecordCodec codec = learn(TEXT, strings.toArray(String[]::new));

        assertThat(codec.shape().width()).isEqualTo(200);
        assertThat(there(codec, Character.toString('\u4e00' + 199))).isEqualTo(Character.toString('\u4e00' + 199));
        assertThat(there(codec, Character.toString('\u4e00' + 250))).isEqualTo("\u4e05");
    }

    @Test
    void refusesWhatTakesTooMuchOfARow() {
        LayoutLearner learner = new LayoutLearner(SCHEMA, Map.of("x", TEXT));
        for (int i = 0; i < 200; i++) {
            learner.observe(Rows.record(SCHEMA, Character.toString('\u4e00' + i).repeat(i == 7 ? 512 : 1)));
        }

        assertThat(learner.problems())
                .containsExactly(new FieldProblem(
                        "x",
                        "too-large",
                        "Field 'x' has the hint TEXT but needs 102400 floats a record (200 different symbols at 512"
                                + " places); the limit is 65536: leave it out with the hint OMIT, or keep its most"
                                + " frequent values with the hint CATEGORY."));
    }

    private static RecordCodec learn(Hint hint, String... strings) {
        List<GenericRecord> records =
                Stream.of(strings).map(string -> Rows.record(SCHEMA, string)).toList();
        return Rows.learn(SCHEMA, Map.of("x", hint), records);
    }

    private static Object there(RecordCodec codec, String string) {
        return Rows.there(codec, Rows.record(SCHEMA, string), 1).get("x");
    }

    private static int unknown(RecordCodec codec, String string) {
        float[] row = new float[codec.shape().width()];
        return codec.encode(Rows.record(SCHEMA, string), Rows.draws(1), row, 0);
    }

    private static float[] row(RecordCodec codec, String string) {
        float[] row = new float[codec.shape().width()];
        Arrays.fill(row, 9);
        codec.encode(Rows.record(SCHEMA, string), Rows.draws(1), row, 0);
        return row;
    }
}
