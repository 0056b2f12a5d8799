package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class LayoutJsonTest {
    private static final Schema SCHEMA = Rows.schema(
            Rows.field("steps", "[\"null\",\"int\"]"),
            Rows.field("line", "\"double\""),
            Rows.field("size", "{\"type\":\"enum\",\"name\":\"Size\",\"symbols\":[\"S\",\"M\",\"L\"]}"),
            Rows.field("few", "\"float\""),
            Rows.field("member", "[\"null\",\"boolean\"]"),
            Rows.field("unit", "\"string\""),
            Rows.field("since", "\"long\""),
            Rows.field("note", "\"string\""),
            "{\"name\":\"picture\",\"type\":[\"null\",{\"type\":\"bytes\",\"shape\":[4,4,1]}]}");

    private static final Map<String, Hint> HINTS =
            Map.of("note", new Hint(Hint.Kind.OMIT, List.of()), "since", new Hint(Hint.Kind.TIMESTAMP, List.of()));

    private static final String SEQUENCES = "layout-v1-sequences.json";

    private static final String TWINS = "layout-v1-twins.json";

    private static final String TIMESTAMPS = "layout-v1-timestamps.json";

    private static RecordCodec learned() {
        List<GenericRecord> records = IntStream.range(0, 160)
                .mapToObj(i -> Rows.record(
                        SCHEMA,
                        i % 10 == 0 ? null : (Object) (i % 4 == 0 ? 7 : i / 4 * 3),
                        (i * 61 % 160) / 8.0,
                        new GenericData.EnumSymbol(SCHEMA.getField("size").schema(), i % 4 == 0 ? "M" : "S"),
                        i % 2 + 0.1f,
                        i % 8 == 0 ? null : (Object) true,
                        "kg",
                        1_700_000_000_000L + i * 1_000L,
                        "note " + i,
                        i % 2 == 0 ? null : ByteBuffer.wrap(new byte[16])))
                .toList();
        return Rows.learn(SCHEMA, HINTS, records);
    }

    @Test
    void writesWhatTheGoldenFileHolds() throws IOException {
        assertThat(learned().layout().toJson()).isEqualTo(golden());
    }

    @Test
    void putsTheSameRowsOntoASchemaThatHasGrown() {
        RecordCodec learned = learned();
        Schema newer = Rows.schema(
                "{\"name\":\"since\",\"type\":\"long\"}",
                Rows.field("line", "\"double\""),
                Rows.field("size", "{\"type\":\"enum\",\"name\":\"Size\",\"symbols\":[\"S\",\"M\",\"L\",\"XL\"]}"),
                Rows.field("steps", "[\"null\",\"long\"]"),
                Rows.field("few", "\"double\""),
                Rows.field("member", "[\"null\",\"boolean\"]"),
                Rows.field("unit", "\"string\""),
                Rows.field("note", "\"string\""),
                "{\"name\":\"picture\",\"type\":[\"null\",{\"type\":\"bytes\",\"shape\":[4,4,1]}]}",
                "{\"name\":\"stock\",\"type\":\"int\",\"default\":7}",
                "{\"name\":\"colour\",\"type\":[\"null\",\"string\"],\"default\":null}",
                "{\"name\":\"icon\",\"type\":{\"type\":\"bytes\",\"shape\":[4,4,1]},\"default\":\"ABCDEFGHIJKLMNOP\"}");
        RecordLayout grown =
                RecordLayout.fromJson(learned.layout().onto(newer, HINTS).toJson());
        assertThat(grown.schema()).isEqualTo(newer);
        assertThat(grown.shape()).isEqualTo(learned.shape());
        float[] row = new float[learned.shape().width()];
        learned.encode(learned.decode(row, 0), Rows.draws(1), row, 0);
        GenericRecord before = learned.decode(row, 0);
        GenericRecord after = new RecordCodec(grown).decode(row, 0);
        assertThat(GenericData.get().validate(newer, after)).isTrue();
        for (String same : List.of("line", "unit", "since", "note", "member", "picture")) {
            assertThat(after.get(same)).isEqualTo(before.get(same));
        }
        assertThat(after.get("size").toString()).isEqualTo(before.get("size").toString());
        assertThat(after.get("stock")).isEqualTo(7);
        assertThat(after.get("colour")).isNull();
        assertThat(((ByteBuffer) after.get("icon")).remaining()).isEqualTo(16);
    }

    @Test
    void readsTheGoldenFileAsTheSameLayout() throws IOException {
        RecordCodec learned = learned();
        RecordCodec read = new RecordCodec(RecordLayout.fromJson(golden()));

        assertThat(read.shape()).isEqualTo(learned.shape());
        assertThat(read.layout().schema()).isEqualTo(SCHEMA);
        assertThat(read.layout().toJson()).isEqualTo(golden());
        float[] row = new float[read.shape().width()];
        for (int seed = 0; seed < 50; seed++) {
            double[] draws = Rows.draws(seed).doubles(row.length, -3, 3).toArray();
            IntStream.range(0, row.length).forEach(i -> row[i] = (float) draws[i]);
            assertThat(read.decode(row, 0)).isEqualTo(learned.decode(row, 0));
        }
        assertThat(read.given(Map.of("since", "2023-11-14T22:14:00Z")).isEmpty())
                .isFalse();
    }

    @Test
    void sequencesAreWrittenAndReadAsTheirGoldenFileHolds() throws IOException {
        RecordCodec learned = sequences();
        RecordCodec read = new RecordCodec(RecordLayout.fromJson(golden(SEQUENCES)));

        assertThat(learned.layout().toJson()).isEqualTo(golden(SEQUENCES));
        assertThat(read.shape()).isEqualTo(learned.shape());
        assertThat(read.layout().toJson()).isEqualTo(golden(SEQUENCES));
        float[] row = new float[read.shape().width()];
        for (int seed = 0; seed < 50; seed++) {
            double[] draws = Rows.draws(seed).doubles(row.length, -3, 3).toArray();
            IntStream.range(0, row.length).forEach(i -> row[i] = (float) draws[i]);
            assertThat(read.decode(row, 0)).isEqualTo(learned.decode(row, 0));
        }
    }

    @Test
    void timestampsAreWrittenAndReadAsTheirGoldenFileHolds() throws IOException {
        RecordCodec learned = timestamps();
        RecordCodec read = new RecordCodec(RecordLayout.fromJson(golden(TIMESTAMPS)));

        assertThat(learned.layout().toJson()).isEqualTo(golden(TIMESTAMPS));
        assertThat(read.shape()).isEqualTo(learned.shape());
        assertThat(read.layout().toJson()).isEqualTo(golden(TIMESTAMPS));
        float[] row = new float[read.shape().width()];
        for (int seed = 0; seed < 50; seed++) {
            double[] draws = Rows.draws(seed).doubles(row.length, -3, 3).toArray();
            IntStream.range(0, row.length).forEach(i -> row[i] = (float) draws[i]);
            assertThat(read.decode(row, 0)).isEqualTo(learned.decode(row, 0));
        }
        assertThat(read.given(Map.of("dropoff", "2023-12-01T12:00:00Z")).isEmpty())
                .isFalse();
    }

    @Test
    void twinsAreWrittenAndReadAsTheirGoldenFileHolds() throws IOException {
        RecordCodec learned = twins();
        RecordCodec read = new RecordCodec(RecordLayout.fromJson(golden(TWINS)));

        assertThat(learned.layout().toJson()).isEqualTo(golden(TWINS));
        assertThat(read.shape()).isEqualTo(learned.shape());
        assertThat(read.layout().toJson()).isEqualTo(golden(TWINS));
        float[] row = new float[read.shape().width()];
        for (int chosen = 0; chosen < row.length; chosen++) {
            Choice.write(row, 0, row.length, chosen);
            assertThat(read.decode(row, 0)).isEqualTo(learned.decode(row, 0));
        }
        assertThat(read.given(Map.of("level", 2.5)).isEmpty()).isFalse();
    }

    /** A string, a number and a boolean of the same two things, the last missing for one. */
    private static RecordCodec twins() {
        Schema schema = Rows.schema(
                Rows.field("name", "\"string\""),
                Rows.field("level", "\"double\""),
                Rows.field("high", "[\"null\",\"boolean\"]"));
        return Rows.learn(
                schema,
                IntStream.range(0, 1_200)
                        .mapToObj(i -> i % 3 == 0
                                ? Rows.record(schema, "two", 2.5, null)
                                : Rows.record(schema, "one", -1.0, true))
                        .toList());
    }

    /** Weeks, days, a follower, and a date of weeks. */
    private static RecordCodec timestamps() {
        String timestamp = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";
        Schema schema = Rows.schema(
                Rows.field("pickup", timestamp),
                Rows.field("dropoff", "[\"null\"," + timestamp + "]"),
                Rows.field("shift", timestamp.replace("millis", "micros")),
                Rows.field("born", "[\"null\",{\"type\":\"int\",\"logicalType\":\"date\"}]"));
        return Rows.learn(
                schema,
                IntStream.range(0, 150)
                        .mapToObj(i -> Rows.record(
                                schema,
                                1_700_000_000_000L + i * 36_000_000L,
                                i % 10 == 0 ? null : (Object) (1_700_000_000_000L + i * 36_000_000L + i % 40 * 60_000L),
                                1_700_000_000_000_000L + i * 2_000_000_000L,
                                i % 5 == 0 ? null : (Object) (i * 61 - 2_000)))
                        .toList());
    }

    private static RecordCodec sequences() {
        Schema schema = Rows.schema(
                Rows.field("name", "[\"null\",\"string\"]"),
                Rows.field("gene", "\"string\""),
                Rows.field("walk", "{\"type\":\"array\",\"items\":\"int\"}"),
                "{\"name\":\"film\",\"type\":{\"type\":\"bytes\",\"shape\":[2,4,4,1]}}");
        Map<String, Hint> hints = Map.of(
                "name", new Hint(Hint.Kind.TEXT, List.of()),
                "gene", new Hint(Hint.Kind.DNA, List.of(), 3),
                "walk", new Hint(Hint.Kind.SERIES, List.of(3, 1)));
        return Rows.learn(
                schema,
                hints,
                IntStream.range(0, 40)
                        .mapToObj(i -> Rows.record(
                                schema,
                                i % 5 == 0 ? null : "é" + "ab".repeat(i % 3),
                                "ATG".repeat(1 + i % 2) + "taa",
                                List.of(i % 8, i % 8 + i % 3, i % 8 + 2),
                                ByteBuffer.wrap(new byte[32])))
                        .toList());
    }

    @Test
    void refusesWhatIsNoLayout() {
        assertThatThrownBy(() -> RecordLayout.fromJson("{\"version\":2}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A layout of version 2; known are 1 to 1");
        assertThatThrownBy(() -> RecordLayout.fromJson("{\"version\"")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordLayout.fromJson("{\"version\":1}")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String golden() throws IOException {
        return golden("layout-v1.json");
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = LayoutJsonTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
