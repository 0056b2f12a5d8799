package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class TwinLearnerTest {
    private static final String STRING = "\"string\"";
    private static final String OPTIONAL = "[\"null\",\"string\"]";
    private static final String LONG = "\"long\"";
    private static final Hint CATEGORY = new Hint(Hint.Kind.CATEGORY, List.of());

    /** Four values and as many records to learn them as there must be beside them. */
    private static final int ENOUGH = TwinLearner.ENOUGH + 4;

    @Test
    void fieldsThatAgreeOnWhatIsTheSameAreTwinsTheLaterOfTheEarlier() {
        assertThat(twins(ENOUGH, List.of(STRING, LONG), TwinLearnerTest::word, TwinLearnerTest::number))
                .containsExactly("a", "b=a");
        assertThat(twins(ENOUGH, List.of(LONG, STRING), TwinLearnerTest::number, TwinLearnerTest::word))
                .containsExactly("a", "b=a");
        assertThat(twins(ENOUGH, List.of("\"boolean\"", "\"boolean\""), i -> i % 2 == 0, i -> i % 2 > 0))
                .containsExactly("a", "b=a");
    }

    @Test
    void oneRecordThatContradictsIsEnough() {
        int last = ENOUGH - 1;
        // The last number is 30: another number for that word, or another word for a number that was seen
        assertThat(twins(
                        ENOUGH,
                        List.of(STRING, LONG),
                        TwinLearnerTest::word,
                        i -> i == last ? (Object) 99L : number(i)))
                .containsExactly("a", "b");
        assertThat(twins(ENOUGH, List.of(STRING, LONG), i -> i == last ? "w" : word(i), TwinLearnerTest::number))
                .containsExactly("a", "b");
        assertThat(twins(ENOUGH, List.of(STRING, LONG), i -> i == last ? "w0" : word(i), TwinLearnerTest::number))
                .containsExactly("a", "b");
    }

    @Test
    void fieldsWhoseValuesOnlyImplyEachOtherOneWayAreNoTwins() {
        assertThat(twins(ENOUGH, List.of(STRING, LONG), TwinLearnerTest::word, i -> i % 2L))
                .containsExactly("a", "b");
    }

    @Test
    void isBelievedAfterAThousandRecordsBesideTheFirstOfEachValue() {
        assertThat(twins(ENOUGH - 1, List.of(STRING, LONG), TwinLearnerTest::word, TwinLearnerTest::number))
                .containsExactly("a", "b");
        assertThat(twins(ENOUGH, List.of(STRING, LONG), TwinLearnerTest::word, TwinLearnerTest::number))
                .containsExactly("a", "b=a");
    }

    @Test
    void missingIsAValueLikeAnyOther() {
        IntFunction<Object> holes = i -> i % 4 == 1 ? null : word(i);
        assertThat(twins(ENOUGH, List.of(OPTIONAL, LONG), holes, TwinLearnerTest::number))
                .containsExactly("a", "b=a");
        assertThat(twins(ENOUGH, List.of(OPTIONAL, OPTIONAL), holes, holes)).containsExactly("a", "b=a");
        assertThat(twins(ENOUGH, List.of(OPTIONAL, STRING), i -> i == 9 ? null : holes.apply(i), TwinLearnerTest::word))
                .containsExactly("a", "b=a");
        assertThat(twins(ENOUGH, List.of(OPTIONAL, STRING), i -> i == 8 ? null : holes.apply(i), TwinLearnerTest::word))
                .containsExactly("a", "b");
    }

    @Test
    void anyNumberOfTwinsHaveTheFirstOfThemAsTheirOriginal() {
        assertThat(twins(
                        ENOUGH,
                        List.of(STRING, LONG, STRING, "\"double\"", LONG),
                        TwinLearnerTest::word,
                        i -> i % 3L,
                        i -> "code " + i % 4,
                        i -> -0.5 * (i % 4),
                        i -> 7 - i % 3L))
                .containsExactly("a", "b", "c=a", "d=a", "e=b");
    }

    @Test
    void whatNeverVariesIsNoTwin() {
        assertThat(twins(ENOUGH, List.of(STRING, STRING, LONG), i -> "one", i -> "same", TwinLearnerTest::number))
                .containsExactly("a", "b", "c");
    }

    @Test
    void numbersThatAreNotLearnedAsChoicesAreNeitherTwinsNorOriginals() {
        IntFunction<Object> many = i -> i % 40L;
        IntFunction<Object> names = i -> "n" + i % 40;
        IntFunction<Object> codes = i -> "c" + i % 40;
        List<String> types = List.of(LONG, STRING, STRING);

        assertThat(twins(2_000, types, many, names, codes)).containsExactly("a", "b", "c=b");
        assertThat(twins(2_000, Map.of("a", CATEGORY), types, many, names, codes))
                .containsExactly("a", "b=a", "c=a");
        Hint number = new Hint(Hint.Kind.NUMBER, List.of());
        assertThat(twins(
                        ENOUGH,
                        Map.of("b", number),
                        List.of(STRING, LONG),
                        TwinLearnerTest::word,
                        TwinLearnerTest::number))
                .containsExactly("a", "b");
    }

    @Test
    void timesAndWrittenStringsAreNoTwins() {
        String time = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";
        String clock = "{\"type\":\"int\",\"logicalType\":\"time-millis\"}";
        Hint text = new Hint(Hint.Kind.TEXT, List.of());
        assertThat(twins(
                        ENOUGH,
                        Map.of("d", text),
                        List.of(STRING, time, clock, STRING),
                        TwinLearnerTest::word,
                        TwinLearnerTest::number,
                        i -> 1_000 * (i % 4),
                        TwinLearnerTest::word))
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void keepsAThousandValuesAndNoMore() {
        Map<String, Hint> hints = Map.of("a", CATEGORY, "b", CATEGORY);
        for (int values : new int[] {TwinLearner.MOST_KEYS, TwinLearner.MOST_KEYS + 1}) {
            assertThat(twins(3 * values, hints, List.of(STRING, LONG), i -> "w" + i % values, i -> (long) (i % values)))
                    .containsExactly("a", values == TwinLearner.MOST_KEYS ? "b=a" : "b");
        }
    }

    @Test
    void givesUpTextsThatAreTooLongToBeKept() {
        Map<String, Hint> hints = Map.of("a", CATEGORY, "b", CATEGORY);
        for (int letters : new int[] {CategoryCounts.LONGEST, CategoryCounts.LONGEST + 1}) {
            assertThat(twins(
                            ENOUGH,
                            hints,
                            List.of(STRING, STRING),
                            TwinLearnerTest::word,
                            i -> i % 4 + "x".repeat(letters - 1)))
                    .containsExactly("a", letters == CategoryCounts.LONGEST ? "b=a" : "b");
        }
    }

    @SafeVarargs
    private static List<String> twins(int records, List<String> types, IntFunction<Object>... values) {
        return twins(records, Map.of(), types, values);
    }

    /** Fields a, b, c and so on of so many records, each with its original if it is a twin. */
    @SafeVarargs
    private static List<String> twins(
            int records, Map<String, Hint> hints, List<String> types, IntFunction<Object>... values) {
        Schema schema = Rows.schema(IntStream.range(0, types.size())
                .mapToObj(i -> Rows.field(Character.toString('a' + i), types.get(i)))
                .toArray(String[]::new));
        List<GenericRecord> learned = IntStream.range(0, records)
                .mapToObj(i -> Rows.record(
                        schema,
                        Arrays.stream(values).map(value -> value.apply(i)).toArray()))
                .toList();
        return TwinFieldTest.twins(Rows.learn(schema, hints, learned).layout());
    }

    private static Object word(int i) {
        return "w" + i % 4;
    }

    private static Object number(int i) {
        return 10L * (i % 4);
    }
}
