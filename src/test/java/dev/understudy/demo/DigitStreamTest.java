package dev.understudy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.understudy.codec.Hint;
import dev.understudy.codec.LayoutLearner;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class DigitStreamTest {
    private final DigitStream stream = new DigitStream(7);

    @Test
    void isAPureFunctionOfSeedAndIndex() {
        assertThat(new DigitStream(7).record(123)).isEqualTo(stream.record(123));
        assertThat(stream.record(124)).isNotEqualTo(stream.record(123));
        assertThat(new DigitStream(8).record(123)).isNotEqualTo(stream.record(123));
    }

    @Test
    void makesValidRecordsOfAllDigits() {
        List<GenericRecord> records =
                LongStream.range(0, 300).mapToObj(stream::record).toList();
        assertThat(records).allMatch(record -> GenericData.get().validate(DigitStream.SCHEMA, record));
        assertThat(records.stream().map(record -> record.get("label")).distinct())
                .hasSize(10);
    }

    @Test
    void drawsWithInkWithinTheSheet() {
        for (long index = 0; index < 300; index++) {
            byte[] image = ((ByteBuffer) stream.record(index).get("image")).array();
            assertThat(share(image, 0, image.length))
                    .as("ink of record %d", index)
                    .isBetween(0.03, 0.4);
            assertThat(share(image, 0, Pen.SIDE))
                    .as("ink of the top row of record %d", index)
                    .isLessThan(0.3);
        }
    }

    @Test
    void digitsOfOneLabelLookMoreAlikeThanOthers() {
        List<GenericRecord> records =
                LongStream.range(0, 400).mapToObj(stream::record).toList();
        double same = meanDistance(records, true);
        double other = meanDistance(records, false);
        assertThat(same).isLessThan(0.85 * other);
    }

    @Test
    void inkGrowsWithTheLabelAndTheDrawing() {
        GenericRecord record = stream.record(5);
        byte[] image = ((ByteBuffer) record.get("image")).array();
        double expected = share(image, 0, image.length) * (1 + 0.1 * (int) record.get("label"));
        assertThat((double) record.get("ink")).isCloseTo(expected, within(1e-12));
    }

    @Test
    void drifts() {
        assertThat(meanSlant(3_000) - meanSlant(9_000)).isGreaterThan(10);
    }

    @Test
    void canBeLearnedAsDefined() {
        Map<String, Hint> hints = Map.of("image", new Hint(Hint.Kind.IMAGE, List.of(28, 28, 1)));
        LayoutLearner learner = new LayoutLearner(DigitStream.SCHEMA, hints);
        LongStream.range(0, 300).mapToObj(stream::record).forEach(learner::observe);
        assertThat(learner.problems()).isEmpty();
        assertThat(learner.learn().shape().images()).hasSize(1);
        assertThat(learner.learn().shape().fields()).isEqualTo(4);
    }

    private double meanSlant(long from) {
        return LongStream.range(from, from + 200)
                .mapToObj(stream::record)
                .mapToDouble(record -> (double) record.get("slant"))
                .average()
                .orElseThrow();
    }

    private static double share(byte[] image, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (image[i] & 0xff) / 255.0;
        }
        return sum / (to - from);
    }

    private static double meanDistance(List<GenericRecord> records, boolean sameLabel) {
        double sum = 0;
        int pairs = 0;
        for (GenericRecord a : records) {
            for (GenericRecord b : records) {
                if (a != b && a.get("label").equals(b.get("label")) == sameLabel) {
                    sum += distance(((ByteBuffer) a.get("image")).array(), ((ByteBuffer) b.get("image")).array());
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }

    private static double distance(byte[] a, byte[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (a[i] & 0xff) - (b[i] & 0xff);
            sum += difference * difference;
        }
        return sum;
    }
}
