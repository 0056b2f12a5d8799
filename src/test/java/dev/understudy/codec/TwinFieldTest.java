package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

/** Goods have a price, a tax class and a stock; their name, code and rate are one thing, and the rate is missing for one. */
class TwinFieldTest {
    private static final List<String> NAMES = List.of("bread", "wine", "coal", "book", "rope");
    private static final Schema SCHEMA = Rows.schema(
            Rows.field("name", "\"string\""),
            Rows.field("price", "\"double\""),
            Rows.field(
                    "code", "{\"type\":\"enum\",\"name\":\"Code\",\"symbols\":[\"BR\",\"WI\",\"CO\",\"BO\",\"RO\"]}"),
            Rows.field(
                    "rate", "[\"null\",{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":6,\"scale\":2}]"),
            Rows.field("shelf", "[\"null\",\"string\"]"),
            Rows.field("room", "[\"null\",\"float\"]"));
    private static final Schema CODE = SCHEMA.getField("code").schema();
    private static final List<GenericRecord> GOODS =
            IntStream.range(0, 1_200).mapToObj(TwinFieldTest::goods).toList();
    private static final RecordCodec CODEC = Rows.learn(SCHEMA, GOODS);

    private static GenericRecord goods(int i) {
        int kind = i % 7 % 5;
        int shelf = i % 11 % 3;
        return Rows.record(
                SCHEMA,
                NAMES.get(kind),
                i % 50 / 4.0,
                code(kind),
                kind == 4 ? null : rate(kind),
                shelf == 0 ? null : "s" + shelf,
                shelf == 1 ? null : (Object) (shelf + 0.1f));
    }

    private static GenericData.EnumSymbol code(int kind) {
        return new GenericData.EnumSymbol(CODE, CODE.getEnumSymbols().get(kind));
    }

    private static ByteBuffer rate(int kind) {
        return ByteBuffer.wrap(new byte[] {(byte) (7 * kind)});
    }

    @Test
    void takesNoPartOfARowAndComesBackExactly() {
        assertThat(twins(CODEC.layout()))
                .containsExactly("name", "price", "code=name", "rate=name", "shelf", "room=shelf");
        assertThat(CODEC.shape().spans()).extracting(Span::field).containsExactly("name", "price", "shelf");
        assertThat(CODEC.layout().varying()).containsOnlyKeys("name", "price", "shelf");
        assertThat(CODEC.layout().spansByField().get("rate")).isEmpty();
        assertThat(CODEC.layout().baselines().get(3)).isEqualTo(new Baseline("rate", 0, List.of()));

        RecordCodec read = new RecordCodec(RecordLayout.fromJson(CODEC.layout().toJson()));
        for (GenericRecord goods : GOODS) {
            assertThat(read.encode(goods, Rows.draws(1), row(), 0)).isZero();
            assertThat(Rows.there(read, goods, 1)).isEqualTo(goods);
        }
    }

    @Test
    void goesWithItsOriginalInAnyRow() {
        UniformRandomProvider random = Rows.draws(2);
        for (int i = 0; i < 1_000; i++) {
            GenericRecord made = CODEC.decode(TimestampFieldTest.random(random, row().length), 0);
            assertThat(GenericData.get().validate(SCHEMA, made)).isTrue();
            assertGoTogether(made);
        }
    }

    @Test
    void aPairThatNeverWasIsUnknownAndTakenAsTheOriginalSays() {
        GenericRecord mixed = Rows.record(SCHEMA, "wine", 3.0, code(2), rate(1), "s1", null);
        List<String> unknown = new ArrayList<>();
        float[] row = row();

        assertThat(CODEC.encode(mixed, Rows.draws(3), row, 0, unknown::add)).isEqualTo(1);
        assertThat(unknown).containsExactly("code");
        assertThat(CODEC.decode(row, 0).get("code")).hasToString("WI");

        mixed.put("name", "silk");
        mixed.put("code", code(0));
        unknown.clear();
        CODEC.encode(mixed, Rows.draws(3), row, 0, unknown::add);
        assertThat(unknown).containsExactly("name", "code", "rate");
        assertGoTogether(CODEC.decode(row, 0));
    }

    @Test
    void oneThatIsGivenGivesAll() {
        for (Map<String, Object> values : List.of(
                values("name", "coal", "shelf", "s1"),
                values("code", "CO", "room", null),
                values("rate", "0.14", "code", "CO", "name", "coal", "shelf", "s1", "room", null))) {
            GenericRecord sample = sample(CODEC.given(values));

            assertThat(sample.get("name")).isEqualTo("coal");
            assertThat(sample.get("code")).isEqualTo(code(2));
            assertThat(sample.get("rate")).isEqualTo(rate(2));
            assertThat(sample.get("shelf")).isEqualTo("s1");
            assertThat(sample.get("room")).isNull();
            assertThat(marked(CODEC.given(values))).containsExactly("name", "shelf");
        }
        assertThat(marked(CODEC.given(Map.of("price", 3)))).containsExactly("price");
        assertThat(sample(CODEC.given(values("rate", null))).get("name")).isEqualTo("rope");
    }

    @Test
    void refusesTwinsThatContradictEachOther() {
        FieldProblem problem = refusal(Map.of("name", "wine", "code", "CO"));

        assertThat(problem.field()).isEqualTo("code");
        assertThat(problem.code()).isEqualTo("contradictory");
        assertThat(problem.message())
                .isEqualTo(
                        "Field 'code' must be 'WI' where 'name' is 'wine', as in every record that was learned; it is"
                                + " 'CO'.");
        assertThat(refusal(Map.of("code", "RO", "rate", 0.07)).message())
                .isEqualTo("Field 'rate' must be missing where 'code' is 'RO', as in every record that was learned; it"
                        + " is '0.07'.");
    }

    @Test
    void refusesValuesThatItNeverSawAndThoseOfOtherTypes() {
        assertThat(refusal(Map.of("rate", "0.15")).message())
                .isEqualTo(
                        "Field 'rate' must be one of the values that were learned, '0', '0.07', '0.14', '0.21'; it is"
                                + " '0.15'.");
        assertThat(refusal(Map.of("rate", "0.15")).code()).isEqualTo("unseen-value");
        assertThat(refusal(Map.of("rate", "much")).code()).isEqualTo("wrong-type");
        assertThat(refusal(values("code", null)).code()).isEqualTo("wrong-type");
    }

    @Test
    void goesOntoASchemaThatHasGrown() {
        Schema older = Rows.schema(Rows.field("word", "\"string\""), Rows.field("number", "\"int\""));
        RecordCodec codec = Rows.learn(
                older,
                IntStream.range(0, 1_100)
                        .mapToObj(i -> Rows.record(older, "w" + i % 3, i % 3))
                        .toList());
        Schema newer = Rows.schema(
                Rows.field("number", "[\"null\",\"long\"]"),
                "{\"name\":\"more\",\"type\":[\"null\",\"string\"],\"default\":null}",
                Rows.field("word", "\"string\""));

        RecordLayout grown = codec.layout().onto(newer, Map.of());

        assertThat(twins(grown)).containsExactly("word", "number=word", "more");
        assertThat(grown.shape()).isEqualTo(codec.shape());
        GenericRecord record = Rows.record(newer, 2L, null, "w2");
        assertThat(Rows.there(new RecordCodec(grown), record, 1)).isEqualTo(record);
    }

    @Test
    void refusesALayoutWhoseOriginalIsNotThereOrHasOtherValues() {
        String json = CODEC.layout().toJson();

        assertThatThrownBy(() -> codec(json.replace("\"reference\":\"shelf\"", "\"reference\":\"box\"")))
                .hasMessage("A layout whose field 'room' depends on 'box', which it lacks");
        for (String other : List.of("price", "code", "room")) {
            assertThatThrownBy(() -> codec(json.replace("\"reference\":\"shelf\"", "\"reference\":\"" + other + "\"")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("A layout whose field 'room' is a twin of '" + other + "', which has other values");
        }
        assertThatThrownBy(() -> codec(json.replace("\"keys\":[null,\"s1\"", "\"keys\":[null,\"s3\"")))
                .hasMessage("A layout whose field 'room' is a twin of 'shelf', which has other values");
    }

    private static RecordCodec codec(String json) {
        return new RecordCodec(RecordLayout.fromJson(json));
    }

    private static void assertGoTogether(GenericRecord made) {
        int kind = NAMES.indexOf(made.get("name"));
        assertThat(made.get("code")).isEqualTo(code(kind));
        assertThat(made.get("rate")).isEqualTo(kind == 4 ? null : rate(kind));
        Object shelf = made.get("shelf");
        assertThat(made.get("room")).isEqualTo(shelf == null ? 0.1f : shelf.equals("s1") ? null : (Object) 2.1f);
    }

    private static float[] row() {
        return new float[CODEC.shape().width()];
    }

    /** What is given, and all else at random, as a generator would have it. */
    private static GenericRecord sample(Given given) {
        float[] row = TimestampFieldTest.random(Rows.draws(4), row().length);
        given.encode(Rows.draws(5), row, new float[CODEC.shape().fields()], 0);
        GenericRecord seen = CODEC.decode(row, 0);
        GenericRecord sample = CODEC.decode(row, 0);
        given.overwrite(sample);
        assertThat(sample).isEqualTo(seen);
        return sample;
    }

    private static List<String> marked(Given given) {
        float[] mask = new float[CODEC.shape().fields()];
        given.encode(Rows.draws(6), row(), mask, 0);
        return IntStream.range(0, mask.length)
                .filter(i -> mask[i] == 1)
                .mapToObj(i -> CODEC.shape().spans().get(i).field())
                .toList();
    }

    /** By name, null for missing. */
    private static Map<String, Object> values(String... given) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < given.length; i += 2) {
            values.put(given[i], given[i + 1]);
        }
        return values;
    }

    private static FieldProblem refusal(Map<String, ?> values) {
        return catchThrowableOfType(UnsuitableValueException.class, () -> CODEC.given(values))
                .problem();
    }

    /** Names of fields, each with its original if it is a twin. */
    static List<String> twins(RecordLayout layout) {
        return layout.fields().stream()
                .map(field -> field instanceof TwinField twin
                        ? field.source().name() + "=" + twin.reference()
                        : field.source().name())
                .toList();
    }
}
