package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

/** Whatever the strings, series and videos, they come back. */
class SequenceProperties {
    private static final String COUNTS = "{\"type\":\"array\",\"items\":\"int\"}";
    private static final Schema SCHEMA = Rows.schema(
            Rows.field("name", "[\"null\",\"string\"]"),
            Rows.field("gene", "\"string\""),
            Rows.field("counts", "[\"null\"," + COUNTS + "]"),
            Rows.field("walk", "{\"type\":\"array\",\"items\":\"double\"}"),
            Rows.field("film", "{\"type\":\"fixed\",\"name\":\"F\",\"size\":96,\"shape\":[2,4,4,3]}"));
    private static final Map<String, Hint> HINTS = Map.of(
            "name", new Hint(Hint.Kind.TEXT, List.of()),
            "gene", new Hint(Hint.Kind.DNA, List.of(), 3),
            "counts", new Hint(Hint.Kind.SERIES, List.of(3)),
            "walk", new Hint(Hint.Kind.SERIES, List.of(4, 2)));

    @Property(tries = 100, seed = "20261124")
    void recordsComeBack(@ForAll("records") @Size(min = 2, max = 40) List<GenericRecord> records) {
        RecordCodec codec = codec(records);
        float[] row = new float[codec.shape().width()];

        for (GenericRecord record : records) {
            assertThat(codec.encode(record, Rows.draws(1), row, 0)).isZero();
            GenericRecord back = codec.decode(row, 0);
            assertThat(GenericData.get().validate(SCHEMA, back)).isTrue();
            for (String exact : List.of("name", "gene", "counts", "film")) {
                assertThat(back.get(exact)).as(exact).isEqualTo(record.get(exact));
            }
            for (int i = 0; i < 8; i++) {
                assertThat((Double) ((List<?>) back.get("walk")).get(i))
                        .isCloseTo((Double) ((List<?>) record.get("walk")).get(i), within(0.2));
            }
        }
    }

    @Property(tries = 100, seed = "20261124")
    void anyFloatsDecodeToAValidRecordAndToTheSameOneAgain(
            @ForAll("records") @Size(min = 2, max = 40) List<GenericRecord> records,
            @ForAll @Size(500) List<Float> floats) {
        RecordCodec learned = codec(records);
        RecordCodec codec =
                new RecordCodec(RecordLayout.fromJson(learned.layout().toJson()));
        float[] row = new float[codec.shape().width()];
        IntStream.range(0, row.length).forEach(i -> row[i] = floats.get(i % floats.size()));
        row[row.length - 1] = Float.NaN;

        GenericRecord decoded = codec.decode(row, 0);

        assertThat(GenericData.get().validate(SCHEMA, decoded)).isTrue();
        assertThat(decoded).isEqualTo(learned.decode(row, 0));
    }

    @Property(tries = 100, seed = "20261124")
    void spansTileTheRow(@ForAll("records") @Size(min = 2, max = 40) List<GenericRecord> records) {
        RowShape shape = codec(records).shape();
        int[] covered = new int[shape.width()];
        for (Span span : shape.spans()) {
            IntStream.range(0, span.choices()).forEach(i -> covered[span.choiceOffset() + i]++);
            IntStream.range(0, span.value().width()).forEach(i -> covered[span.valueOffset() + i]++);
            assertThat(span.choices()).isNotEqualTo(1);
            if (span.value() instanceof Span.Text text) {
                assertThat(text.lengths()).hasSize(Math.max(1, span.choices()));
            }
        }
        assertThat(covered).containsOnly(1);
    }

    private static RecordCodec codec(List<GenericRecord> records) {
        return Rows.learn(SCHEMA, HINTS, records);
    }

    @Provide
    Arbitrary<List<GenericRecord>> records() {
        Arbitrary<String> names = Arbitraries.strings()
                .withCharRange('a', 'g')
                .withChars('é', '日', ' ')
                .ofMaxLength(7);
        Arbitrary<String> genes = Arbitraries.strings()
                .withChars("ACGT")
                .ofLength(3)
                .list()
                .ofMaxSize(4)
                .map(codons -> String.join("", codons));
        return Combinators.combine(
                        names.injectNull(0.2),
                        genes,
                        Arbitraries.integers().between(-30, 30).list().ofSize(3).injectNull(0.2),
                        Arbitraries.doubles().between(-1e3, 1e3).list().ofSize(8),
                        Arbitraries.bytes().array(byte[].class).ofSize(96))
                .as(SequenceProperties::record)
                .list();
    }

    private static GenericRecord record(
            String name, String gene, List<Integer> counts, List<Double> walk, byte[] film) {
        return Rows.record(
                SCHEMA,
                name,
                gene,
                counts,
                walk,
                new GenericData.Fixed(SCHEMA.getField("film").schema(), film));
    }
}
