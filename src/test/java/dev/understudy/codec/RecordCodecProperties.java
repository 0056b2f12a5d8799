package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Whatever the records, they come back: choices exactly, numbers at the resolution of what was learned. */
class RecordCodecProperties {
    private static final Schema SCHEMA = Rows.schema(
            Rows.field("word", "[\"null\",\"string\"]"),
            Rows.field("flag", "\"boolean\""),
            Rows.field("size", "{\"type\":\"enum\",\"name\":\"Size\",\"symbols\":[\"S\",\"M\",\"L\"]}"),
            Rows.field("count", "[\"int\",\"null\"]"),
            Rows.field("number", "\"double\""),
            "{\"name\":\"picture\",\"type\":{\"type\":\"fixed\",\"name\":\"P\",\"size\":48,\"shape\":[4,4,3]}}");

    @Property(tries = 100, seed = "20261123")
    void recordsComeBack(@ForAll("records") @Size(min = 2, max = 60) List<GenericRecord> records, @ForAll long seed) {
        LayoutLearner learner = new LayoutLearner(SCHEMA, hints());
        records.forEach(learner::observe);
        RecordCodec codec = new RecordCodec(learner.learn());

        for (GenericRecord record : records) {
            GenericRecord back = Rows.there(codec, record, seed);
            assertThat(GenericData.get().validate(SCHEMA, back)).isTrue();
            for (String exact : List.of("word", "flag", "size", "count", "picture")) {
                assertThat(back.get(exact)).as(exact).isEqualTo(record.get(exact));
            }
            assertThat((Double) back.get("number")).isCloseTo((Double) record.get("number"), within(2e3));
        }
    }

    @Property(tries = 100, seed = "20261123")
    void anyFloatsDecodeToAValidRecordAndToTheSameOneAgain(
            @ForAll("records") @Size(min = 2, max = 60) List<GenericRecord> records,
            @ForAll @Size(200) List<Float> floats) {
        LayoutLearner learner = new LayoutLearner(SCHEMA, hints());
        records.forEach(learner::observe);
        RecordCodec codec =
                new RecordCodec(RecordLayout.fromJson(learner.learn().toJson()));
        float[] row = new float[codec.shape().width()];
        for (int i = 0; i < row.length; i++) {
            row[i] = floats.get(i);
        }
        row[0] = Float.NaN;

        GenericRecord decoded = codec.decode(row, 0);

        assertThat(GenericData.get().validate(SCHEMA, decoded)).isTrue();
        assertThat(codec.decode(row, 0)).isEqualTo(decoded);
    }

    @Property(tries = 100, seed = "20261123")
    void sharesSumToOneWithinEachChoiceAndSpansTileTheRow(
            @ForAll("records") @Size(min = 2, max = 60) List<GenericRecord> records) {
        LayoutLearner learner = new LayoutLearner(SCHEMA, hints());
        records.forEach(learner::observe);
        RowShape shape = learner.learn().shape();

        int[] covered = new int[shape.width()];
        for (Span span : shape.spans()) {
            float sum = 0;
            for (int i = span.choiceOffset(); i < span.choiceOffset() + span.choices(); i++) {
                sum += shape.frequencies().get(i);
                covered[i]++;
            }
            for (int i = 0; i < span.value().width(); i++) {
                covered[span.valueOffset() + i]++;
            }
            assertThat(sum).isCloseTo(span.choices() == 0 ? 0f : 1f, within(1e-5f));
            assertThat(span.choices()).isNotEqualTo(1);
        }
        assertThat(covered).containsOnly(1);
    }

    private static Map<String, Hint> hints() {
        return Map.of("word", new Hint(Hint.Kind.CATEGORY, List.of()));
    }

    @Provide
    Arbitrary<List<GenericRecord>> records() {
        Arbitrary<GenericRecord> one = Combinators.combine(
                        Arbitraries.strings().ofMaxLength(6).injectNull(0.2),
                        Arbitraries.of(true, false),
                        Arbitraries.of("S", "M", "L"),
                        Arbitraries.integers().between(-20, 20).injectNull(0.2),
                        Arbitraries.doubles().between(-1e3, 1e3),
                        Arbitraries.bytes().array(byte[].class).ofSize(48))
                .as(RecordCodecProperties::record);
        return one.list();
    }

    private static GenericRecord record(
            String word, boolean flag, String size, Integer count, double number, byte[] picture) {
        Schema sizes = SCHEMA.getField("size").schema();
        Schema pictures = SCHEMA.getField("picture").schema();
        return Rows.record(
                SCHEMA,
                word,
                flag,
                new GenericData.EnumSymbol(sizes, size),
                count,
                number,
                new GenericData.Fixed(pictures, ByteBuffer.wrap(picture).array()));
    }
}
