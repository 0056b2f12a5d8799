package dev.understudy.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.RecordCodec;
import dev.understudy.codec.RecordLayout;
import dev.understudy.learning.replay.Replay;
import dev.understudy.learning.train.RecordRows;
import dev.understudy.noise.Noise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Taxi rides in the order of their file: all of yellow cabs, before those of green ones. */
class RealDriftTest {
    private static final Path FILE = Path.of("../shared/data/taxis/taxis.csv");
    private static final Schema RIDE = SchemaBuilder.record("Ride")
            .fields()
            .requiredString("color")
            .requiredDouble("distance")
            .requiredDouble("fare")
            .requiredDouble("tip")
            .endRecord();

    @Test
    void nothingDriftsUntilTheCabsAreGreen() throws IOException {
        List<GenericRecord> rides = rides();
        LayoutLearner learner = new LayoutLearner(RIDE, Map.of());
        rides.subList(0, 1_000).forEach(learner::observe);
        RecordLayout layout = learner.learn();
        Watch watch = new Watch(layout, new RecordRows(new RecordCodec(layout)), Map.of());
        Replay replay = new Replay(16 << 20, 1);
        Progress progress = new Progress();

        assertThat(look(watch, replay, progress, layout, rides.subList(0, 2_000)))
                .isEmpty();
        assertThat(look(watch, replay, progress, layout, rides.subList(2_000, 4_000)))
                .isEmpty();
        assertThat(look(watch, replay, progress, layout, rides.subList(4_000, 6_000)))
                .hasValueSatisfying(found -> {
                    assertThat(found.refreshed().relearned()).containsExactly("color");
                    assertThat(found.text()).isEqualTo("The layout was refreshed: color (27.5 % unknown values).");
                });
    }

    private static Optional<Watch.Finding> look(
            Watch watch, Replay replay, Progress progress, RecordLayout layout, List<GenericRecord> window) {
        RecordRows rows = new RecordRows(new RecordCodec(layout));
        for (GenericRecord ride : window) {
            List<String> unknown = new ArrayList<>();
            float[] row = rows.encode(ride, Noise.draws(1, progress.seen()), unknown::add);
            watch.observe(ride, row, unknown);
            replay.remember(AvroBytes.write(ride), 0);
            progress.took(0, progress.seen());
        }
        return watch.look(replay, progress);
    }

    private static List<GenericRecord> rides() throws IOException {
        assumeTrue(Files.exists(FILE), FILE + " is not on this machine");
        List<GenericRecord> rides = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(FILE)) {
            for (NamedCsvRecord line : reader) {
                GenericRecord ride = new GenericData.Record(RIDE);
                ride.put("color", line.getField("color"));
                for (String number : List.of("distance", "fare", "tip")) {
                    ride.put(number, Double.parseDouble(line.getField(number)));
                }
                rides.add(ride);
            }
        }
        return rides;
    }
}
