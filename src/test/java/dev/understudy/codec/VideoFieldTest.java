package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class VideoFieldTest {
    private static final List<Integer> SHAPE = List.of(2, 4, 5, 3);
    private static final Schema BYTES = Rows.schema("{\"name\":\"x\",\"type\":[\"null\",\"bytes\"]}");

    private static byte[] film(int seed) {
        byte[] film = new byte[120];
        Rows.draws(seed).nextBytes(film);
        return film;
    }

    private static RecordCodec learned() {
        return Rows.learn(
                BYTES,
                Map.of("x", new Hint(Hint.Kind.VIDEO, SHAPE)),
                IntStream.range(0, 40)
                        .mapToObj(i -> Rows.record(BYTES, i % 4 == 0 ? null : ByteBuffer.wrap(film(i))))
                        .toList());
    }

    @Test
    void liesFrameByFrameChannelByChannel() {
        RecordCodec codec = learned();
        byte[] film = film(50);
        float[] row = new float[codec.shape().width()];
        codec.encode(Rows.record(BYTES, ByteBuffer.wrap(film)), Rows.draws(1), row, 0);

        assertThat(codec.shape().spans()).containsExactly(new Span("x", 0, 2, 2, new Span.Video(2, 4, 5, 3)));
        assertThat(row[0]).isZero();
        for (int frame = 0; frame < 2; frame++) {
            for (int y = 0; y < 4; y++) {
                for (int x = 0; x < 5; x++) {
                    for (int channel = 0; channel < 3; channel++) {
                        int level = film[((frame * 4 + y) * 5 + x) * 3 + channel] & 0xff;
                        assertThat(row[2 + ((frame * 3 + channel) * 4 + y) * 5 + x])
                                .isCloseTo(level / 127.5f - 1, within(1e-6f));
                    }
                }
            }
        }
        assertThat(codec.decode(row, 0).get("x")).isEqualTo(ByteBuffer.wrap(film));
    }

    @Test
    void mayBeMissing() {
        assertThat(Rows.there(learned(), Rows.record(BYTES, (Object) null), 1).get("x"))
                .isNull();
    }

    @Test
    void comesBackFromArraysNestedFourDeepAndFromFixed() {
        Schema deep = Rows.schema(
                "{\"name\":\"x\",\"type\":" + array(array(array(array("\"int\"")))) + ",\"shape\":[2,4,5,3]}",
                Rows.field("y", "{\"type\":\"fixed\",\"name\":\"F\",\"size\":120,\"shape\":[2,4,5,3]}"));
        List<GenericRecord> records = IntStream.range(0, 20)
                .mapToObj(i -> Rows.record(
                        deep,
                        nested(i),
                        new GenericData.Fixed(deep.getField("y").schema(), film(i))))
                .toList();
        RecordCodec codec = Rows.learn(deep, records);

        assertThat(codec.shape().spans()).extracting(Span::value).containsOnly(new Span.Video(2, 4, 5, 3));
        assertThat(Rows.there(codec, records.get(3), 1)).isEqualTo(records.get(3));
    }

    private static String array(String items) {
        return "{\"type\":\"array\",\"items\":" + items + "}";
    }

    private static List<?> nested(int seed) {
        byte[] film = film(seed);
        return IntStream.range(0, 2)
                .mapToObj(f -> IntStream.range(0, 4)
                        .mapToObj(y -> IntStream.range(0, 5)
                                .mapToObj(x -> IntStream.range(0, 3)
                                        .mapToObj(c -> (int) film[((f * 4 + y) * 5 + x) * 3 + c])
                                        .toList())
                                .toList())
                        .toList())
                .toList();
    }

    @Test
    void refusesAnotherSizeAndCannotBeGiven() {
        RecordCodec codec = learned();
        float[] row = new float[codec.shape().width()];

        assertThatThrownBy(
                        () -> codec.encode(Rows.record(BYTES, ByteBuffer.wrap(new byte[119])), Rows.draws(1), row, 0))
                .isInstanceOf(UnsuitableValueException.class)
                .hasMessage("Field 'x' holds 119 bytes, but its shape is [2, 4, 5, 3].");
        assertThatThrownBy(() -> codec.given(Map.of("x", ByteBuffer.wrap(film(1)))))
                .isInstanceOf(UnsuitableValueException.class)
                .hasMessage("Field 'x' is of a kind that cannot be given (VIDEO): remove it from what is given.");
    }
}
