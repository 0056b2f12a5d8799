package dev.understudy.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.codec.Hint;
import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.RecordCodec;
import dev.understudy.codec.RecordLayout;
import dev.understudy.learning.train.RecordRows;
import dev.understudy.noise.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriftTest {
    private static final long DAY = 86_400_000;
    private static final Schema ORDER = SchemaBuilder.record("Order")
            .fields()
            .requiredString("colour")
            .requiredString("town")
            .requiredDouble("price")
            .requiredLong("size")
            .name("gain")
            .type()
            .nullable()
            .doubleType()
            .noDefault()
            .name("at")
            .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
            .noDefault()
            .optionalString("note")
            .endRecord();
    private static final Map<String, Hint> HINTS = Map.of("town", new Hint(Hint.Kind.CATEGORY, List.of()));

    @ParameterizedTest
    @ValueSource(ints = {200, 1_000, 5_000})
    void isNeverSeenInWindowsOfRecordsAsThoseThatWereLearnedFrom(int learnedFrom) {
        RecordLayout layout = layout(learnedFrom);
        UniformRandomProvider draws = RandomSource.XO_SHI_RO_256_PP.create(2);
        for (int window = 0; window < 60; window++) {
            Drift drift = window(layout, draws, (record, more) -> {});
            assertThat(drift.moved())
                    .filteredOn(moved -> !moved.field().equals("town"))
                    .as("window %d of %s", window, drift.distances())
                    .isEmpty();
        }
    }

    @Test
    void foldedValuesAreNoNews() {
        RecordLayout layout = layout(20_000);
        UniformRandomProvider draws = RandomSource.XO_SHI_RO_256_PP.create(3);
        Drift same = window(layout, draws, (record, more) -> {});
        assertThat(same.moved()).isEmpty();
        assertThat(same.distances().get("town")).isLessThan(0.05);
        Drift others = window(layout, draws, (record, more) -> {
            if (more.nextInt(2) == 0) {
                record.put("town", "new " + more.nextInt(1_000));
            }
        });
        assertThat(others.moved()).extracting(Drift.Moved::field).containsExactly("town");
    }

    @Test
    void aShiftOfHalfADeviationIsSeen() {
        Drift drift = moved((record, more) -> record.put("price", (Double) record.get("price") + 0.5));

        assertThat(drift.moved()).singleElement().satisfies(moved -> {
            assertThat(moved.field()).isEqualTo("price");
            assertThat(moved.scores()).isBetween(0.12, 0.28);
            assertThat(moved.text()).matches("price \\(scores off by \\.\\d\\d\\)");
        });
        assertThat(drift.distances().get("price")).isBetween(0.12, 0.28);
        assertThat(drift.distances().get("size")).isLessThan(0.06);
    }

    @Test
    void aNewClassIsSeenAndItsShareTold() {
        Drift drift = moved((record, more) -> {
            if (more.nextInt(50) == 0) {
                record.put("colour", "mauve");
            }
        });

        assertThat(drift.moved()).singleElement().satisfies(moved -> {
            assertThat(moved.field()).isEqualTo("colour");
            assertThat(moved.unknown()).isBetween(0.012, 0.028);
            assertThat(moved.text()).matches("colour \\([12]\\.\\d % unknown values\\)");
        });
    }

    @Test
    void aValueInAThousandIsLeftToTheNearest() {
        Drift drift = moved((record, more) -> {
            if (more.nextInt(1_000) == 0) {
                record.put("colour", "mauve");
            }
        });

        assertThat(drift.moved()).isEmpty();
    }

    @Test
    void aNewAtomIsSeen() {
        Drift drift = moved((record, more) -> {
            if (record.get("gain") != null && more.nextInt(3) == 0) {
                record.put("gain", 1.25);
            }
        });

        assertThat(drift.moved()).extracting(Drift.Moved::field).containsExactly("gain");
    }

    @Test
    void aConstantThatVariesIsSeen() {
        Drift drift = moved((record, more) -> record.put("note", more.nextBoolean() ? "gift" : null));

        assertThat(drift.moved()).extracting(Drift.Moved::field).containsExactly("note");
    }

    @Test
    void timeThatGoesOnIsSeen() {
        Drift drift = moved((record, more) -> record.put("at", (Long) record.get("at") + 30 * DAY));

        assertThat(drift.moved()).extracting(Drift.Moved::field).containsExactly("at");
    }

    private static Drift moved(BiConsumer<GenericRecord, UniformRandomProvider> change) {
        return window(layout(20_000), RandomSource.XO_SHI_RO_256_PP.create(4), change);
    }

    private static RecordLayout layout(int records) {
        LayoutLearner learner = new LayoutLearner(ORDER, HINTS);
        UniformRandomProvider draws = RandomSource.XO_SHI_RO_256_PP.create(1);
        for (int i = 0; i < records; i++) {
            learner.observe(record(draws));
        }
        return learner.learn();
    }

    private static Drift window(
            RecordLayout layout, UniformRandomProvider draws, BiConsumer<GenericRecord, UniformRandomProvider> change) {
        Drift drift = new Drift(layout);
        RecordRows rows = new RecordRows(new RecordCodec(layout));
        while (drift.records() < Watch.WINDOW) {
            GenericRecord record = record(draws);
            change.accept(record, draws);
            List<String> unknown = new ArrayList<>();
            float[] row = rows.encode(record, Noise.draws(5, draws.nextLong()), unknown::add);
            drift.observe(row, unknown);
        }
        return drift;
    }

    private static GenericRecord record(UniformRandomProvider draws) {
        GenericRecord record = new GenericData.Record(ORDER);
        record.put("colour", List.of("red", "green", "blue").get(draws.nextInt(3)));
        // A few of very many: no layout knows them all.
        record.put("town", "town " + (int) (1_500 * Math.pow(draws.nextDouble(), 3)));
        record.put("price", 20 + ZigguratSampler.NormalizedGaussian.of(draws).sample());
        record.put("size", (long) (100 * -Math.log(1 - draws.nextDouble())));
        int gain = draws.nextInt(10);
        record.put("gain", gain == 0 ? null : gain < 6 ? 0.0 : (Double) draws.nextDouble());
        record.put("at", (long) (20_000 * DAY + 60 * DAY * draws.nextDouble()));
        return record;
    }
}
