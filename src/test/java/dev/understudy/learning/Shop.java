package dev.understudy.learning;

import dev.understudy.codec.FieldProblem;
import dev.understudy.gan.Device;
import dev.understudy.kafka.WireRecords;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.ModelStore;
import dev.understudy.wire.LearningReport;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.ModelDefinition;
import dev.understudy.wire.ModelSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/** A learner's surroundings without a broker: everything said is kept in lists, and time stands until it is moved. */
final class Shop implements Outlet {
    static {
        WireRecords.trust();
    }

    static final Schema SALE = SchemaBuilder.record("Sale")
            .fields()
            .requiredString("kind")
            .requiredDouble("price")
            .requiredInt("pieces")
            .endRecord();

    static final LearningSettings SETTINGS =
            new LearningSettings(Device.CPU, 1, 1, 4 << 20, 10, Duration.ZERO, 3, 300, 60, Duration.ZERO);

    final List<LearningReport> reports = new ArrayList<>();
    final List<ModelAnnouncement> announcements = new ArrayList<>();
    final List<FieldProblem> refusals = new ArrayList<>();
    final ModelStore store;
    final ModelCatalog catalog = new ModelCatalog();
    final Workshop workshop;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    Shop(Path directory, LearningSettings settings) {
        this.store = new ModelStore(directory);
        this.workshop = new Workshop(settings, store, catalog, this, () -> now, () -> 0L);
    }

    @Override
    public void report(LearningReport report) {
        reports.add(report);
    }

    @Override
    public void announce(ModelAnnouncement announcement) {
        announcements.add(announcement);
    }

    @Override
    public void forget(String model, int version) {}

    @Override
    public void settle() {}

    static ModelDefinition definition(Schema schema) {
        return ModelDefinition.newBuilder()
                .setName("sales")
                .setTopic("sales")
                .setRecordSchema(schema.toString())
                .setSettings(ModelSettings.newBuilder()
                        .setPreset("small")
                        .setBatch(32)
                        .setHorizon(40)
                        .build())
                .build();
    }

    Arrival sale(long offset) {
        return arrival(offset, record(offset));
    }

    Arrival arrival(long offset, GenericRecord record) {
        return new Arrival(0, offset, record, AvroBytes.write(record), refusals::add);
    }

    void deliver(ModelLearner learner, long from, long to) {
        for (long offset = from; offset < to; offset++) {
            learner.accept(sale(offset));
        }
    }

    static GenericRecord record(long offset) {
        UniformRandomProvider draws = RandomSource.XO_SHI_RO_256_PP.create(offset);
        int kind = draws.nextInt(10) < 8 ? 0 : 1 + draws.nextInt(2);
        GenericRecord sale = new GenericData.Record(SALE);
        sale.put("kind", List.of("book", "lamp", "vase").get(kind));
        sale.put(
                "price",
                10 * kind + ZigguratSampler.NormalizedGaussian.of(draws).sample());
        sale.put("pieces", 1 + kind + draws.nextInt(2));
        return sale;
    }
}
