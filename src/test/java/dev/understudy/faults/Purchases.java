package dev.understudy.faults;

import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.RecordLayout;
import dev.understudy.model.ModelStore;
import dev.understudy.model.Untrained;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.ModelDefinition;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** A model of two fields. */
final class Purchases {
    static final String MODEL = "purchases";

    private static final Schema SCHEMA = SchemaBuilder.record("Purchase")
            .namespace("dev.understudy.faults")
            .fields()
            .requiredDouble("price")
            .name("shop")
            .type()
            .enumeration("Shop")
            .symbols("NORTH", "SOUTH")
            .noDefault()
            .endRecord();

    private static final RecordLayout LAYOUT = layout();

    private Purchases() {}

    static ModelDefinition definition() {
        return Untrained.definition(MODEL, SCHEMA);
    }

    /** Puts a version with weights of its own into a store; what announces it. */
    static ModelAnnouncement version(int version, ModelStore store) {
        return Untrained.put(store, MODEL, version, LAYOUT, "small");
    }

    /** What announces a version that no store has. */
    static ModelAnnouncement absent(int version) {
        return Untrained.announcement(MODEL, version, SCHEMA, "0".repeat(64), 8);
    }

    private static RecordLayout layout() {
        LayoutLearner learner = new LayoutLearner(SCHEMA, Map.of());
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            learner.observe(record(random));
        }
        return learner.learn();
    }

    private static GenericRecord record(Random random) {
        Schema shop = SCHEMA.getField("shop").schema();
        return new GenericRecordBuilder(SCHEMA)
                .set("price", random.nextGaussian() * 10)
                .set("shop", new GenericData.EnumSymbol(shop, random.nextBoolean() ? "NORTH" : "SOUTH"))
                .build();
    }
}
