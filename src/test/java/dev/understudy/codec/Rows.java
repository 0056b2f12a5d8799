package dev.understudy.codec;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** Short ways to schemas, records and codecs. */
final class Rows {
    private Rows() {}

    static UniformRandomProvider draws(long seed) {
        return RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    }

    /** A record schema of fields given as JSON. */
    static Schema schema(String... fields) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Thing\",\"fields\":[" + String.join(",", fields) + "]}");
    }

    /** A field of a type given as JSON. */
    static String field(String name, String type) {
        return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
    }

    static GenericRecord record(Schema schema, Object... values) {
        GenericData.Record record = new GenericData.Record(schema);
        for (int i = 0; i < values.length; i++) {
            record.put(i, values[i]);
        }
        return record;
    }

    static RecordCodec learn(Schema schema, List<GenericRecord> records) {
        return learn(schema, Map.of(), records);
    }

    static RecordCodec learn(Schema schema, Map<String, Hint> hints, List<GenericRecord> records) {
        LayoutLearner learner = new LayoutLearner(schema, hints);
        records.forEach(learner::observe);
        return new RecordCodec(learner.learn());
    }

    /** Encodes and decodes one record. */
    static GenericRecord there(RecordCodec codec, GenericRecord record, long seed) {
        float[] row = new float[codec.shape().width()];
        codec.encode(record, draws(seed), row, 0);
        return codec.decode(row, 0);
    }
}
