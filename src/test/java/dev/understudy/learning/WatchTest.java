package dev.understudy.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.RecordCodec;
import dev.understudy.codec.RecordLayout;
import dev.understudy.learning.replay.Replay;
import dev.understudy.learning.train.RecordRows;
import dev.understudy.noise.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class WatchTest {
    private final Replay replay = new Replay(16 << 20, 1);
    private final Progress progress = new Progress();
    private long offset;

    @Test
    void laysOutByWindowAndMemoryInEqualParts() {
        RecordLayout layout = learnedAndRemembered(12_000);
        Watch watch = watched(layout, 3);
        Watch.Finding found = look(watch).orElseThrow();

        assertThat(found.refreshed().relearned()).containsExactly("price");
        assertThat(watch.distances().get("price")).isGreaterThan(0.5);
        // Half of what was laid out is as this window, half is not, and both together are no news.
        Watch next = watched(found.refreshed().layout(), 3);
        assertThat(look(next)).isEmpty();
        assertThat(next.distances().get("price")).isBetween(0.25, 0.5);
    }

    @Test
    void leavesAFieldAloneThatWasLaidOutNotLongAgo() {
        RecordLayout layout = learnedAndRemembered(6_000);
        progress.refreshed(List.of("price"));
        Watch watch = watched(layout, 3);

        assertThat(look(watch)).isEmpty();
        assertThat(watch.distances().get("price")).isGreaterThan(0.5);
    }

    @Test
    void beginsAnewAfterEachWindow() {
        RecordLayout layout = learnedAndRemembered(3_000);
        Watch watch = watched(layout, 0);
        assertThat(look(watch)).isEmpty();
        assertThat(watch.isDue()).isFalse();
        assertThat(watch.distances()).containsOnlyKeys("kind", "price", "pieces");
        assertThat(watch.distances().get("price")).isLessThan(0.1);
    }

    @Test
    void partsTwinsThatAreToldApart() {
        Schema schema = SchemaBuilder.record("Thing")
                .fields()
                .requiredString("word")
                .requiredLong("number")
                .endRecord();
        LayoutLearner learner = new LayoutLearner(schema, Map.of());
        for (int i = 0; i < 1_500; i++) {
            learner.observe(thing(schema, i, i));
        }
        Watch few = watched(learner.learn(), i -> thing(schema, i, i % 300 == 0 ? i + 1 : i));
        assertThat(look(few)).isEmpty();
        assertThat(few.distances()).isEqualTo(Map.of("word", 0.0, "number", 7 / 2_000.0));

        Watch.Finding found = look(watched(learner.learn(), i -> thing(schema, i, i % 50 == 0 ? i + 1 : i)))
                .orElseThrow();
        assertThat(found.refreshed().former().shape().fields()).isEqualTo(1);
        assertThat(found.refreshed().layout().shape().fields()).isEqualTo(2);
        assertThat(found.text()).isEqualTo("The layout was refreshed: number (2.0 % unknown values).");
    }

    private static GenericRecord thing(Schema schema, int word, int number) {
        GenericRecord thing = new GenericData.Record(schema);
        thing.put("word", "w" + word % 4);
        thing.put("number", (long) (number % 4));
        return thing;
    }

    private Optional<Watch.Finding> look(Watch watch) {
        assertThat(watch.isDue()).isTrue();
        return watch.look(replay, progress);
    }

    private RecordLayout learnedAndRemembered(int records) {
        LayoutLearner learner = new LayoutLearner(Shop.SALE, Map.of());
        for (int i = 0; i < records; i++) {
            GenericRecord sale = Shop.record(offset++);
            learner.observe(sale);
            replay.remember(AvroBytes.write(sale), 0);
        }
        return learner.learn();
    }

    /** A window of records whose prices are higher by so much. */
    private Watch watched(RecordLayout layout, double rise) {
        return watched(layout, i -> {
            GenericRecord sale = Shop.record(offset++);
            sale.put("price", (Double) sale.get("price") + rise);
            return sale;
        });
    }

    private Watch watched(RecordLayout layout, IntFunction<GenericRecord> records) {
        RecordRows rows = new RecordRows(new RecordCodec(layout));
        Watch watch = new Watch(layout, rows, Map.of());
        for (int i = 0; i < Watch.WINDOW; i++) {
            GenericRecord record = records.apply(i);
            List<String> unknown = new ArrayList<>();
            float[] row = rows.encode(record, Noise.draws(1, offset), unknown::add);
            watch.observe(record, row, unknown);
            replay.remember(AvroBytes.write(record), 0);
        }
        return watch;
    }
}
