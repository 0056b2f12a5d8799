package dev.understudy.api.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.codec.Hint;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class UnitTest {
    private static Field field(String type, Hint.Kind kind) {
        return new Field("x", new Hint(kind, List.of()), new Schema.Parser().parse(type));
    }

    private static Field logical(String type, String logical) {
        return field("{\"type\":\"" + type + "\",\"logicalType\":\"" + logical + "\"}", Hint.Kind.TIMESTAMP);
    }

    private static String name(Field field, Object value) {
        return Unit.of(field).name(Unit.read(field, value));
    }

    @Test
    void timesAreNamedAsTimesWhateverTheyCount() {
        assertThat(name(logical("int", "date"), 20_000)).isEqualTo("2024-10-04");
        assertThat(name(logical("long", "timestamp-millis"), 1_728_045_296_000L))
                .isEqualTo("2024-10-04 12:34:56");
        assertThat(name(logical("long", "timestamp-micros"), 1_728_045_296_000_000L))
                .isEqualTo("2024-10-04 12:34:56");
        assertThat(name(logical("long", "local-timestamp-nanos"), 1_728_045_296_000_000_000L))
                .isEqualTo("2024-10-04 12:34:56");
        assertThat(name(logical("int", "time-millis"), 45_296_000)).isEqualTo("12:34:56");
        assertThat(name(field("\"long\"", Hint.Kind.TIMESTAMP), 1_728_000_000_000L))
                .isEqualTo("2024-10-04");
    }

    @Test
    void labelsAreAsPreciseAsTheirDistance() {
        double noon = 20_000.5;
        assertThat(Unit.INSTANT.print(noon, 400)).isEqualTo("2024");
        assertThat(Unit.INSTANT.print(noon, 30)).isEqualTo("2024-10");
        assertThat(Unit.INSTANT.print(noon, 5)).isEqualTo("2024-10-04");
        assertThat(Unit.INSTANT.print(noon, 0.25)).isEqualTo("10-04 12:00");
        assertThat(Unit.INSTANT.print(noon, 0.001)).isEqualTo("12:00");
        assertThat(Unit.NUMBER.print(1000.0123, 10)).isEqualTo("1000");
        assertThat(Unit.NUMBER.print(1000.0123, 0.01)).isEqualTo("1000.012");
        assertThat(Unit.NUMBER.print(250_000, 50_000)).isEqualTo("250k");
        assertThat(Unit.NUMBER.print(-2_500_000, 500_000)).isEqualTo("-2.5M");
    }

    @Test
    void classesAreNamedToTheLastDigit() {
        assertThat(Unit.NUMBER.name(1_234_567)).isEqualTo("1234567");
        assertThat(Unit.NUMBER.name(0.1f)).isEqualTo("0.1");
    }

    @Test
    void distancesAreRound() {
        assertThat(Unit.NUMBER.round(0.13)).isEqualTo(0.2);
        assertThat(Unit.NUMBER.round(7)).isEqualTo(10);
        assertThat(Unit.INSTANT.round(1.3)).isEqualTo(2);
        assertThat(Unit.TIME_OF_DAY.round(2.1)).isEqualTo(3);
    }

    @Test
    void whatNoAxisCanShowIsMissing() {
        Field number = field("\"double\"", Hint.Kind.NUMBER);
        assertThat(Unit.read(number, null)).isNull();
        assertThat(Unit.read(number, Double.NaN)).isNull();
        assertThat(Unit.read(number, Double.MAX_VALUE)).isNull();
        assertThat(Unit.read(number, "7")).isNull();
        assertThat(Unit.read(number, 7)).isEqualTo(7.0);
    }

    @Test
    void decimalsAreRead() {
        Field price =
                field("{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":6,\"scale\":2}", Hint.Kind.NUMBER);

        assertThat(Unit.read(price, ByteBuffer.wrap(new byte[] {4, -46}))).isEqualTo(12.34);
    }
}
