package dev.understudy.api.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.codec.Hint;
import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.RecordLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GalleryTest {
    private static final int RECORDS = 60;

    @ParameterizedTest
    @EnumSource
    void bothSidesAreDrawn(Kind kind) {
        Picture picture = Picture.of(kind.layout(), kind.records(1, RECORDS), kind.records(2, RECORDS));

        assertThat(picture.height()).isBetween(200, 1_200);
        assertThat(picture.drawn(Side.REAL)).isGreaterThan(1_000);
        boolean coloured = !List.of(Kind.IMAGE, Kind.FLOAT_IMAGE, Kind.VIDEO).contains(kind);
        if (coloured) {
            assertThat(picture.ink(Side.REAL)).isGreaterThan(500);
            assertThat(picture.ink(Side.SYNTHETIC)).isGreaterThan(500);
        } else {
            assertThat(picture.drawn(Side.SYNTHETIC)).isGreaterThan(1_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneOtherRecordGivesAnotherPicture(Kind kind) {
        List<GenericRecord> records = kind.records(2, RECORDS);
        List<GenericRecord> changed = new ArrayList<>(records);
        SplittableRandom random = new SplittableRandom(7);
        Object other = Stream.generate(() -> kind.value(random))
                .filter(value -> !value.equals(records.get(0).get("x")))
                .findFirst()
                .orElseThrow();
        changed.set(0, kind.record(other));

        Picture before = Picture.of(kind.layout(), kind.records(1, RECORDS), records);
        Picture again = Picture.of(kind.layout(), kind.records(1, RECORDS), records);
        Picture after = Picture.of(kind.layout(), kind.records(1, RECORDS), changed);

        assertThat(again.same(before)).isTrue();
        assertThat(after.same(before)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aMissingValueShows(Kind kind) {
        List<GenericRecord> lacking = new ArrayList<>(kind.records(1, RECORDS));
        lacking.set(0, kind.record(null));

        Picture before = Picture.of(kind.layout(), kind.records(1, RECORDS), kind.records(2, RECORDS));
        Picture after = Picture.of(kind.layout(), lacking, kind.records(2, RECORDS));

        assertThat(after.same(before)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void eitherSideMayBeEmpty(Kind kind) {
        RecordLayout layout = kind.layout();
        List<GenericRecord> some = kind.records(1, RECORDS);

        assertThat(Picture.of(layout, List.of(), some).height()).isGreaterThan(100);
        assertThat(Picture.of(layout, some, List.of()).height()).isGreaterThan(100);
        assertThat(Picture.of(layout, List.of(), List.of()).height()).isGreaterThan(50);
        assertThat(Picture.of(layout, some.subList(0, 1), List.of(kind.record(null)))
                        .height())
                .isGreaterThan(50);
    }

    @Test
    void framesStandSideBySide() {
        Function<Integer, Object> clip = base -> {
            byte[] levels = new byte[4 * 16 * 16];
            IntStream.range(0, levels.length).forEach(i -> levels[i] = (byte) (base + 50 * (i / 256)));
            return ByteBuffer.wrap(levels);
        };
        Picture picture = Picture.of(
                Kind.VIDEO.layout(),
                List.of(Kind.VIDEO.record(clip.apply(10))),
                List.of(Kind.VIDEO.record(clip.apply(30))));

        assertThat(picture.greys(Side.REAL, 90, 40)).containsExactly(10, 60, 110, 160);
        assertThat(picture.greys(Side.SYNTHETIC, 90, 40)).containsExactly(30, 80, 130, 180);
    }

    @Test
    void coloursOfAnImageAreItsOwn() {
        byte[] red = new byte[12 * 10 * 3];
        byte[] green = new byte[12 * 10 * 3];
        IntStream.range(0, red.length).forEach(i -> red[i] = (byte) (i % 3 == 0 ? 200 : 0));
        IntStream.range(0, red.length).forEach(i -> green[i] = (byte) (i % 3 == 1 ? 200 : 0));
        Picture picture = Picture.of(
                Kind.IMAGE.layout(),
                List.of(Kind.IMAGE.record(ByteBuffer.wrap(red))),
                List.of(Kind.IMAGE.record(ByteBuffer.wrap(green))));

        assertThat(picture.shows(Side.REAL, 0xC80000)).isTrue();
        assertThat(picture.shows(Side.SYNTHETIC, 0x00C800)).isTrue();
        assertThat(picture.shows(Side.REAL, 0x00C800)).isFalse();
    }

    @Test
    void floatsAreBlackToWhiteOverTheRangeOfBothSides() {
        List<Float> dark = Collections.nCopies(8_000, -3f);
        List<Float> middle = Collections.nCopies(8_000, 0f);
        List<Float> bright = Collections.nCopies(8_000, 3f);
        Picture picture = Picture.of(
                Kind.FLOAT_IMAGE.layout(),
                List.of(Kind.FLOAT_IMAGE.record(dark), Kind.FLOAT_IMAGE.record(bright)),
                List.of(Kind.FLOAT_IMAGE.record(middle)));

        assertThat(picture.greys(Side.REAL, 90, 60)).containsExactly(0);
        assertThat(picture.greys(Side.SYNTHETIC, 90, 60)).containsExactly(128);
    }

    @Test
    void basesHaveColoursAndStayWithinTheirHalf() {
        String longest = "ACGT".repeat(500);
        Picture picture =
                Picture.of(Kind.DNA.layout(), List.of(Kind.DNA.record(longest)), List.of(Kind.DNA.record("AAACCC")));

        for (int base : new int[] {0xBFE5BF, 0xBCD7F5, 0xF8DFA6, 0xF5BFBF}) {
            assertThat(picture.shows(Side.REAL, base)).isTrue();
        }
        assertThat(picture.shows(Side.SYNTHETIC, 0xBFE5BF)).isTrue();
        assertThat(picture.shows(Side.SYNTHETIC, 0xF5BFBF)).isFalse();
        IntStream.range(67, 80).forEach(y -> assertThat(picture.image().getRGB(480, y) & 0xFFFFFF)
                .isEqualTo(0xFFFFFF));
    }

    @ParameterizedTest
    @EnumSource(names = {"NUMBER", "TIMESTAMP"})
    void equalDistributionsCoverEachOther(Kind kind) {
        List<GenericRecord> records = kind.records(1, RECORDS);
        Picture equal = Picture.of(kind.layout(), records, records);
        Picture unequal = Picture.of(kind.layout(), records, kind.records(2, RECORDS));

        assertThat(equal.ink(Side.REAL)).isZero();
        assertThat(unequal.ink(Side.REAL)).isGreaterThan(500);
    }

    @ParameterizedTest
    @EnumSource(names = {"CATEGORY", "SERIES"})
    void sidesShareTheirAxes(Kind kind) {
        List<GenericRecord> records = kind.records(1, RECORDS);
        Picture equal = Picture.of(kind.layout(), records, records);

        assertThat(equal.ink(Side.REAL) / (double) equal.ink(Side.SYNTHETIC)).isBetween(0.9, 1.1);
    }

    @Test
    void pairsThatGoTogetherAreDrawn() {
        Table table = new Table();
        List<GenericRecord> related = table.records(1, 0.1);
        List<GenericRecord> unrelated = table.records(2, 100);

        Picture both = Picture.of(table.layout(), related, related);
        Picture lost = Picture.of(table.layout(), related, unrelated);
        Picture none = Picture.of(table.layout(), unrelated, related);

        assertThat(both.height()).isGreaterThan(none.height() + 400);
        assertThat(lost.height()).isEqualTo(both.height());
        assertThat(lost.same(both)).isFalse();
    }

    /** A number, a time and a class that depend on each other more or less. */
    private static final class Table {
        private final Schema schema = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Ride\",\"fields\":[{\"name\":\"fare\",\"type\":\"double\"},"
                        + "{\"name\":\"at\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}},"
                        + "{\"name\":\"to\",\"type\":{\"type\":\"record\",\"name\":\"Place\",\"fields\":["
                        + "{\"name\":\"zone\",\"type\":\"string\"}]}}]}");

        List<GenericRecord> records(long seed, double noise) {
            SplittableRandom random = new SplittableRandom(seed);
            List<GenericRecord> records = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                double cause = random.nextGaussian();
                GenericRecord place =
                        new GenericData.Record(schema.getField("to").schema());
                place.put("zone", cause + noise * random.nextGaussian() > 0 ? "up" : "down");
                GenericRecord record = new GenericData.Record(schema);
                record.put("fare", cause + noise * random.nextGaussian());
                record.put("at", Math.round(1.7e12 + 1e9 * (cause + noise * random.nextGaussian())));
                record.put("to", place);
                records.add(record);
            }
            return records;
        }

        RecordLayout layout() {
            return learn(schema, Map.of(), records(1, 0.1));
        }
    }

    @Test
    void manyFieldsStayWithinABoundedPicture() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            fields.append("{\"name\":\"a_rather_long_name_of_a_field_number_" + i + "\",\"type\":\"double\"},");
        }
        for (int i = 0; i < 12; i++) {
            fields.append("{\"name\":\"image" + i + "\",\"type\":\"bytes\",\"shape\":[4,4,1]},");
        }
        Schema schema = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Wide\",\"fields\":[" + fields.substring(0, fields.length() - 1)
                        + "]}");
        SplittableRandom random = new SplittableRandom(1);
        List<GenericRecord> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            GenericRecord record = new GenericData.Record(schema);
            double shared = random.nextGaussian();
            IntStream.range(0, 200).forEach(at -> record.put(at, shared + random.nextGaussian()));
            IntStream.range(200, 212).forEach(at -> {
                byte[] pixels = new byte[16];
                random.nextBytes(pixels);
                record.put(at, ByteBuffer.wrap(pixels));
            });
            records.add(record);
        }

        Picture picture = Picture.of(learn(schema, Map.of(), records), records, records);

        assertThat(picture.height()).isBetween(4_000, 6_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"NUMBER", "TIMESTAMP", "CATEGORY", "TEXT", "DNA"})
    void strangeValuesAreDrawnToo(Kind kind) {
        List<Object> strange =
                switch (kind) {
                    case NUMBER ->
                        List.of(
                                Double.NaN,
                                Double.POSITIVE_INFINITY,
                                Double.MAX_VALUE,
                                -1e99,
                                1e-300,
                                Double.MIN_VALUE,
                                0.1 + 0.2,
                                0.3);
                    case TIMESTAMP -> List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L);
                    default ->
                        Arrays.asList(
                                "",
                                " ",
                                "\n\t\u0000",
                                "$\\frac{1}{2}$",
                                "😀".repeat(300),
                                "العربية",
                                "a long name of a class 1",
                                "a long name of a class 2");
                };
        List<GenericRecord> records = strange.stream().map(kind::record).toList();
        List<GenericRecord> many = IntStream.range(0, RECORDS)
                .mapToObj(i -> records.get(i % records.size()))
                .toList();

        Picture strangers = Picture.of(kind.layout(), records, kind.records(1, RECORDS));
        assertThat(strangers.ink(Side.SYNTHETIC)).isGreaterThan(100);
        assertThat(Picture.of(kind.layout(), many, many).height()).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource(names = {"IMAGE", "FLOAT_IMAGE", "VIDEO", "SERIES"})
    void whatHasAnotherSizeCountsAsMissing(Kind kind) {
        Object odd = kind == Kind.IMAGE || kind == Kind.VIDEO ? ByteBuffer.wrap(new byte[3]) : List.of(1.0, 2.0);
        Picture picture = Picture.of(kind.layout(), List.of(kind.record(odd)), kind.records(1, 3));

        assertThat(picture.drawn(Side.SYNTHETIC)).isGreaterThan(1_000);
    }

    private static RecordLayout learn(Schema schema, Map<String, Hint> hints, List<GenericRecord> records) {
        LayoutLearner learner = new LayoutLearner(schema, hints);
        records.forEach(learner::observe);
        return learner.learn();
    }
}
