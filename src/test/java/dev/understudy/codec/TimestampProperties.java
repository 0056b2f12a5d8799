package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;

/** Whatever the timestamps and their range, they come back to the second, and no row decodes to one out of range. */
class TimestampProperties {
    private static final int DAY_SECONDS = 86_400;
    private static final Schema SCHEMA = Rows.schema(
            Rows.field("millis", "[\"null\",{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}]"),
            Rows.field("micros", "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}"),
            Rows.field("date", "{\"type\":\"int\",\"logicalType\":\"date\"}"),
            Rows.field("clock", "{\"type\":\"int\",\"logicalType\":\"time-millis\"}"));

    @Property(tries = 100, seed = "20261125")
    void timestampsComeBackAndStayInRange(
            @ForAll @Size(min = 2, max = 80) List<@IntRange(min = -1_000_000_000, max = 1_000_000_000) Integer> seconds,
            @ForAll @IntRange(min = 1, max = 20_000) int scale,
            @ForAll long seed) {
        List<GenericRecord> records =
                seconds.stream().map(at -> record(at / scale)).distinct().toList();
        LayoutLearner learner = new LayoutLearner(SCHEMA, Map.of());
        records.forEach(learner::observe);
        if (!learner.problems().isEmpty()) {
            return; // all the same
        }
        RecordCodec codec =
                new RecordCodec(RecordLayout.fromJson(learner.learn().toJson()));
        UniformRandomProvider random = Rows.draws(seed);
        float[] row = new float[codec.shape().width()];

        for (GenericRecord record : records) {
            codec.encode(record, random, row, 0);
            assertThat(codec.decode(row, 0)).isEqualTo(record);
        }
        for (int i = 0; i < 20; i++) {
            GenericRecord made = codec.decode(TimestampFieldTest.random(random, row.length), 0);
            assertThat(GenericData.get().validate(SCHEMA, made)).isTrue();
            for (String field : List.of("millis", "micros", "date", "clock")) {
                inRange(values(records, field), made.get(field));
            }
        }
    }

    private static void inRange(List<Long> learned, Object made) {
        if (made != null) {
            assertThat(((Number) made).longValue()).isBetween(Collections.min(learned), Collections.max(learned));
        }
    }

    private static List<Long> values(List<GenericRecord> records, String field) {
        List<Long> values = new ArrayList<>();
        for (GenericRecord record : records) {
            if (record.get(field) instanceof Number number) {
                values.add(number.longValue());
            }
        }
        return values;
    }

    private static GenericRecord record(int seconds) {
        return Rows.record(
                SCHEMA,
                seconds % 5 == 0 ? null : (Object) (seconds * 1_000L),
                seconds * -1_000_000L,
                Math.floorDiv(seconds, DAY_SECONDS),
                Math.floorMod(seconds, DAY_SECONDS) * 1_000);
    }
}
