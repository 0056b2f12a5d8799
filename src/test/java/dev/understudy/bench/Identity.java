package dev.understudy.bench;

import dev.understudy.model.ModelCatalog;
import dev.understudy.model.Untrained;
import dev.understudy.sampling.generate.Fault;
import dev.understudy.sampling.generate.Sampler;
import dev.understudy.sampling.generate.Slice;
import dev.understudy.sampling.plan.Refusal;
import dev.understudy.sampling.plan.Versions;
import dev.understudy.wire.NoiseBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** A generator that costs nothing: what is left is Kafka. */
final class Identity implements Sampler<GenericRecord>, Versions {
    static final String MODEL = "identity";
    private static final Schema SCHEMA = SchemaBuilder.record("Bytes")
            .namespace("dev.understudy.bench")
            .fields()
            .requiredBytes("payload")
            .endRecord();

    private final byte[] payload;

    Identity(int bytes) {
        payload = new byte[bytes];
    }

    ModelCatalog catalog() {
        ModelCatalog catalog = new ModelCatalog();
        catalog.define(Untrained.definition(MODEL, SCHEMA));
        return catalog;
    }

    @Override
    public boolean defined(String model) {
        return model.equals(MODEL);
    }

    @Override
    public OptionalInt live(String model) {
        return OptionalInt.of(1);
    }

    @Override
    public Optional<Refusal> objection(String model, int version, Map<String, Object> given) {
        return Optional.empty();
    }

    @Override
    public Optional<Fault> objection(NoiseBatch noise) {
        return Optional.empty();
    }

    @Override
    public List<GenericRecord> sample(List<Slice> slices) {
        List<GenericRecord> records = new ArrayList<>();
        for (Slice slice : slices) {
            for (int i = 0; i < slice.count(); i++) {
                GenericRecord record = new GenericData.Record(SCHEMA);
                record.put("payload", ByteBuffer.wrap(payload));
                records.add(record);
            }
        }
        return records;
    }
}
