package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutLearnerTest {
    private static final Hint OMIT = new Hint(Hint.Kind.OMIT, List.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"map","values":"int"}                                                          | map
            {"type":"array","items":"string"}                                                      | array
            {"type":"array","items":"int"}                                                         | array
            ["null","int","string"]                                                                | multi-type-union
            "bytes"                                                                                | bytes-without-shape
            {"type":"fixed","name":"F","size":12,"logicalType":"duration"}                         | bytes-without-shape
            {"type":"fixed","name":"F","size":12,"shape":[4,4,1]}                                  | bad-shape
            {"type":"bytes","shape":[28,28,2]}                                                     | bad-shape
            {"type":"bytes","shape":[200,28,1]}                                                    | bad-shape
            {"type":"bytes","shape":[17,28,28,1]}                                                  | bad-shape
            {"type":"bytes","shape":[8,65,28,1]}                                                   | bad-shape
            {"type":"array","items":"string","shape":[8,8,1]}                                      | array
            {"type":"string","logicalType":"uuid"}                                                 | identifier
            ["null",{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}]             | optional-record
            """)
    void refusesByTheSchemaAloneAndSaysWhatToDo(String type, String code) {
        Schema schema = Rows.schema(Rows.field("x", "\"double\""), Rows.field("odd", type));

        assertThat(LayoutLearner.problems(schema, Map.of())).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("odd");
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.message()).startsWith("Field 'odd' ").matches(".*(OMIT|wants|agree).*");
        });
        assertThat(LayoutLearner.problems(schema, Map.of("odd", OMIT))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGE, double",
        "TIMESTAMP, double",
        "NUMBER, string",
        "NUMBER, boolean",
        "CATEGORY, bytes",
        "SERIES, bytes",
        "DNA, int"
    })
    void refusesHintsThatDoNotSuitTheType(Hint.Kind kind, String type) {
        Schema schema = Rows.schema(Rows.field("x", "\"" + type + "\""));
        List<Integer> shape =
                !type.equals("bytes") ? List.of() : kind == Hint.Kind.SERIES ? List.of(8, 2) : List.of(4, 4, 1);

        assertThat(LayoutLearner.problems(schema, Map.of("x", new Hint(kind, shape))))
                .extracting(FieldProblem::code)
                .containsExactly("unsuited-hint");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SERIES | 1,2     | 1 | a series wants [steps, channels] with 2 to 1024 steps and 1 to 64 channels.
            SERIES | 24,65   | 1 | a series wants [steps, channels] with 2 to 1024 steps and 1 to 64 channels.
            VIDEO  | 1,8,8,1 | 1 | a video wants [frames, height, width, channels] with 2 to 16 frames,
            SERIES | 24,6    | 3 | the frame must be 1, or 3 with the hint DNA for coding sequences.
            """)
    void refusesShapesAndFramesBeyondTheLimitsAndNamesThem(Hint.Kind kind, String sides, int frame, String limits) {
        Schema schema = Rows.schema(Rows.field("x", "{\"type\":\"array\",\"items\":\"int\"}"));
        List<Integer> shape = Stream.of(sides.split(",")).map(Integer::valueOf).toList();

        assertThat(LayoutLearner.problems(schema, Map.of("x", new Hint(kind, shape, frame))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains(limits));
    }

    @Test
    void namesTextAsARemedyButNeverChoosesIt() {
        assertThat(messages("\"string\"", 200, i -> "The quick fox number " + i))
                .singleElement()
                .asString()
                .endsWith("or learn how its strings are written with the hint TEXT.");
    }

    @Test
    void tellsHowEachFieldWasLearned() {
        String date = "{\"type\":\"int\",\"logicalType\":\"date\"}";
        String inner = "{\"type\":\"record\",\"name\":\"Inner\",\"fields\":[" + Rows.field("word", "\"string\"") + "]}";
        Schema schema = Rows.schema(
                Rows.field("price", "\"double\""),
                Rows.field("day", date),
                Rows.field("size", "\"int\""),
                Rows.field("same", "\"int\""),
                Rows.field("deep", inner));
        Hint text = new Hint(Hint.Kind.TEXT, List.of());
        LayoutLearner learner = new LayoutLearner(schema, Map.of("deep.word", text));
        for (int i = 0; i < 100; i++) {
            GenericData.Record deep =
                    new GenericData.Record(schema.getField("deep").schema());
            deep.put("word", "w" + i);
            learner.observe(Rows.record(schema, Math.sqrt(i), 20_000 + i % 3, i % 4, 7, deep));
        }

        Map<String, Hint> varying =
                RecordLayout.fromJson(learner.learn().toJson()).varying();

        assertThat(varying.keySet()).containsExactly("price", "day", "size", "deep.word");
        assertThat(varying.values())
                .extracting(Hint::kind)
                .containsExactly(Hint.Kind.NUMBER, Hint.Kind.TIMESTAMP, Hint.Kind.CATEGORY, Hint.Kind.TEXT);
    }

    @Test
    void refusesHintsForFieldsThatDoNotExist() {
        Schema schema = Rows.schema(Rows.field("x", "\"double\""));

        assertThat(LayoutLearner.problems(schema, Map.of("y", OMIT)))
                .containsExactly(new FieldProblem(
                        "y", "unknown-field", "The hint for 'y' names no field of the schema: correct or remove it."));
    }

    @Test
    void refusesARecordWithinItself() {
        Schema schema = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Node\",\"fields\":[{\"name\":\"next\",\"type\":\"Node\"}]}");

        assertThat(LayoutLearner.problems(schema, Map.of()))
                .extracting(FieldProblem::code)
                .containsExactly("recursive-record");
    }

    @Test
    void refusesWhatIsNoRecordOrHasNothingToLearn() {
        assertThat(LayoutLearner.problems(Schema.create(Schema.Type.INT), Map.of()))
                .extracting(FieldProblem::code)
                .containsExactly("not-a-record");
        assertThat(LayoutLearner.problems(Rows.schema(Rows.field("x", "\"double\"")), Map.of("x", OMIT)))
                .extracting(FieldProblem::code)
                .containsExactly("nothing-to-learn");
    }

    @Test
    void refusesStringsThatAreIdentifiersOrFreeText() {
        assertThat(seen("\"string\"", 200, i -> new UUID(i, i).toString())).containsExactly("identifier");
        assertThat(seen("\"string\"", 200, i -> "The quick fox number " + i)).containsExactly("free-text");
        assertThat(seen("\"string\"", 200, i -> "a".repeat(300))).containsExactly("free-text");
        assertThat(seen("\"string\"", 30_000, i -> "v" + i / 2)).containsExactly("too-many-values");
        assertThat(seen("\"string\"", 1_000, i -> "v" + i % 200)).isEmpty();
    }

    @Test
    void refusesNumbersThatAreIdentifiersButNotNumbersThatAreMerelyMany() {
        assertThat(seen("\"long\"", 200, i -> 1_000L + i)).containsExactly("identifier");
        assertThat(seen("\"long\"", 200, i -> i * 7919L % 100_003)).isEmpty();
        assertThat(named("order_id", "\"long\"", 200, i -> i * 7919L % 100_003)).containsExactly("identifier");
        assertThat(named("orderId", "\"long\"", 200, i -> i * 7919L % 100_003)).containsExactly("identifier");
        assertThat(named("paid", "\"long\"", 200, i -> i * 7919L % 100_003)).isEmpty();
        assertThat(named("id", "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}", 200, i -> (long) i))
                .isEmpty();
    }

    @Test
    void aHintOverridesTheSuspicionOfAnIdentifier() {
        Schema schema = Rows.schema(Rows.field("id", "\"long\""));
        LayoutLearner learner = new LayoutLearner(schema, Map.of("id", new Hint(Hint.Kind.NUMBER, List.of())));
        for (long i = 0; i < 200; i++) {
            learner.observe(Rows.record(schema, i));
        }
        assertThat(learner.problems()).isEmpty();
    }

    @Test
    void refusesRecordsThatAreAllTheSame() {
        assertThat(seen("\"long\"", 10, i -> 5L)).containsExactly("nothing-to-learn");
    }

    @Test
    void doesNotLearnFromNothingOrInSpiteOfProblems() {
        Schema schema = Rows.schema(Rows.field("x", "\"bytes\""));
        LayoutLearner learner = new LayoutLearner(schema, Map.of());

        assertThatThrownBy(learner::learn).isInstanceOf(IllegalStateException.class);
        learner.observe(new GenericData.Record(schema));
        assertThatThrownBy(learner::learn)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'x'");
    }

    @Test
    void refusesAValueOfTheWrongTypeAndTakesNothingOfItsRecord() {
        Schema schema = Rows.schema(Rows.field("x", "\"double\""), Rows.field("y", "\"string\""));
        LayoutLearner learner = new LayoutLearner(schema, Map.of());

        assertThatThrownBy(() -> learner.observe(Rows.record(schema, 1.0, 5)))
                .isInstanceOfSatisfying(UnsuitableValueException.class, e -> assertThat(e.problem())
                        .isEqualTo(new FieldProblem(
                                "y", "wrong-type", "Field 'y' does not hold a value of its type string.")));
        assertThatThrownBy(() -> learner.observe(Rows.record(schema, null, "a")))
                .hasMessage("Field 'x' is null but not optional.");
        assertThat(learner.observed()).isZero();
    }

    private static List<String> seen(String type, int records, IntFunction<Object> value) {
        return named("x", type, records, value);
    }

    private static List<String> named(String name, String type, int records, IntFunction<Object> value) {
        return problems(name, type, records, value).stream()
                .map(FieldProblem::code)
                .toList();
    }

    private static List<String> messages(String type, int records, IntFunction<Object> value) {
        return problems("x", type, records, value).stream()
                .map(FieldProblem::message)
                .toList();
    }

    private static List<FieldProblem> problems(String name, String type, int records, IntFunction<Object> value) {
        Schema schema = Rows.schema(Rows.field(name, type));
        LayoutLearner learner = new LayoutLearner(schema, Map.of());
        for (int i = 0; i < records; i++) {
            learner.observe(Rows.record(schema, value.apply(i)));
        }
        return learner.problems();
    }
}
