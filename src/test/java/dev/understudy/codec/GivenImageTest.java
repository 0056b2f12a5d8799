package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class GivenImageTest {
    private static final int PIXELS = 20;
    private static final Schema SCHEMA = Rows.schema(
            Rows.field("age", "\"double\""),
            "{\"name\":\"picture\",\"type\":[\"null\",{\"type\":\"bytes\",\"shape\":[4,5,3]}]}",
            Rows.field("stamp", "{\"type\":\"fixed\",\"name\":\"F\",\"size\":20,\"shape\":[4,5,1]}"),
            "{\"name\":\"heat\",\"type\":{\"type\":\"array\",\"items\":\"float\"},\"shape\":[4,5,1]}");
    private static final RecordCodec CODEC = Rows.learn(
            SCHEMA, IntStream.range(0, 60).mapToObj(GivenImageTest::record).toList());
    private static final Span PICTURE = CODEC.shape().spans().get(1);

    private static byte[] bytes(int seed, int count) {
        byte[] bytes = new byte[count];
        Rows.draws(seed).nextBytes(bytes);
        return bytes;
    }

    private static GenericRecord record(int i) {
        return Rows.record(
                SCHEMA,
                i * 0.1,
                i % 3 == 0 ? null : ByteBuffer.wrap(bytes(i, 3 * PIXELS)),
                new GenericData.Fixed(SCHEMA.getField("stamp").schema(), bytes(i + 100, PIXELS)),
                Rows.draws(i).ints(PIXELS, 0, 9).mapToObj(n -> (float) n).toList());
    }

    /** Every other pixel is known. */
    private static byte[] known() {
        byte[] known = new byte[PIXELS];
        IntStream.range(0, PIXELS).forEach(i -> known[i] = (byte) (i % 2 == 0 ? -1 : 0));
        return known;
    }

    @Test
    void aWholeImageIsPutIntoRowAndSample() {
        byte[] image = bytes(7, 3 * PIXELS);
        Given given = CODEC.given(Map.of("picture", ByteBuffer.wrap(image)));
        GenericRecord sample = record(4);
        float[] row = row(given);

        given.overwrite(sample);

        assertThat(sample.get("picture")).isEqualTo(ByteBuffer.wrap(image));
        assertThat(sample.get("stamp")).isEqualTo(record(4).get("stamp"));
        assertThat(CODEC.decode(row, 0).get("picture")).isEqualTo(ByteBuffer.wrap(image));
        assertThat(row).doesNotContain(Float.NaN);
    }

    @Test
    void unknownPixelsAreNotNumbersInTheRowAndStayInTheSample() {
        byte[] image = bytes(8, 3 * PIXELS);
        Given given = CODEC.given(Map.of("picture", ByteBuffer.wrap(image), "picture.known", ByteBuffer.wrap(known())));
        float[] row = row(given);
        GenericRecord sample = record(4);

        given.overwrite(sample);

        byte[] made = bytes(4, 3 * PIXELS);
        byte[] mixed = ((ByteBuffer) sample.get("picture")).array();
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            for (int channel = 0; channel < 3; channel++) {
                int at = 3 * pixel + channel;
                float inRow = row[PICTURE.valueOffset() + channel * PIXELS + pixel];
                assertThat(Float.isNaN(inRow)).isEqualTo(pixel % 2 == 1);
                assertThat(mixed[at]).isEqualTo(pixel % 2 == 0 ? image[at] : made[at]);
            }
        }
        assertThat(row[PICTURE.choiceOffset()]).isZero();
        assertThat(row[PICTURE.choiceOffset() + 1]).isEqualTo(1);
        assertThat(record(4).get("picture")).isEqualTo(ByteBuffer.wrap(made));
    }

    @Test
    void takesBase64AndFixed() {
        byte[] image = bytes(9, PIXELS);
        Given given = CODEC.given(Map.of(
                "stamp",
                Base64.getEncoder().encodeToString(image),
                "stamp.known",
                Base64.getUrlEncoder().encodeToString(known())));
        GenericRecord sample = record(4);

        given.overwrite(sample);

        byte[] mixed = ((GenericFixed) sample.get("stamp")).bytes();
        byte[] made = bytes(104, PIXELS);
        for (int i = 0; i < PIXELS; i++) {
            assertThat(mixed[i]).isEqualTo(i % 2 == 0 ? image[i] : made[i]);
        }
        assertThat(GenericData.get().validate(SCHEMA, sample)).isTrue();
    }

    @Test
    void anImageOfWhichNothingIsKnownIsNotGiven() {
        assertThat(CODEC.given(Map.of(
                                "stamp", ByteBuffer.wrap(bytes(1, PIXELS)), "stamp.known", ByteBuffer.allocate(PIXELS)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void anImageMayBeGivenAsMissingWhereItWas() {
        GenericRecord sample = record(4);
        CODEC.given(Collections.singletonMap("picture", null)).overwrite(sample);

        assertThat(sample.get("picture")).isNull();
        assertThat(refusal("stamp", null).message())
                .isEqualTo("Field 'stamp' must be an image; it is null, and the field is not optional.");
    }

    @Test
    void refusesWrongSizesAndTypesAndMasksWithoutImage() {
        assertThat(refusal("stamp", ByteBuffer.allocate(19)).message())
                .isEqualTo("Field 'stamp' must be 20 bytes for the shape [4, 5, 1]; it is 19 bytes.");
        assertThat(refusal("stamp", "AAAA").code()).isEqualTo("wrong-size");
        assertThat(refusal("stamp", "no base64!").code()).isEqualTo("wrong-type");
        assertThat(refusal("stamp", 5L).message())
                .isEqualTo("Field 'stamp' must be 20 bytes or their base64; it is '5'.");
        assertThat(refusal("picture.known", ByteBuffer.allocate(20)).message())
                .isEqualTo("Field 'picture' must be an image where 'picture.known' says which of its pixels are known;"
                        + " it is not given.");
        assertThat(refusal("age.known", ByteBuffer.allocate(20)).code()).isEqualTo("unknown-field");
        assertThat(refusal("heat", ByteBuffer.allocate(20)).code()).isEqualTo("not-givable");
        assertThat(refusal("heat.known", ByteBuffer.allocate(20)).code()).isEqualTo("unknown-field");

        Map<String, Object> both = new HashMap<>(Map.of("picture", ByteBuffer.allocate(60)));
        both.put("picture.known", ByteBuffer.allocate(60));
        assertThat(catchThrowableOfType(UnsuitableValueException.class, () -> CODEC.given(both)))
                .hasMessage("Field 'picture.known' must be 20 bytes for the shape [4, 5, 3]; it is 60 bytes.");
    }

    private static float[] row(Given given) {
        float[] row = new float[CODEC.shape().width()];
        float[] mask = new float[CODEC.shape().fields()];
        given.encode(Rows.draws(1), row, mask, 0);
        assertThat(mask).isEqualTo(new float[] {0, 1, 0, 0});
        assertThat(Arrays.copyOfRange(
                        row, CODEC.shape().choices(), CODEC.shape().choices() + 1))
                .containsOnly(0);
        return row;
    }

    private static FieldProblem refusal(String field, Object value) {
        Map<String, Object> values = Collections.singletonMap(field, value);
        return catchThrowableOfType(UnsuitableValueException.class, () -> CODEC.given(values))
                .problem();
    }

    @Test
    void namesWhatCanBeGiven() {
        assertThat(refusal("shoe", 1L).message()).endsWith("what can be given are 'age', 'picture', 'stamp'.");
    }
}
