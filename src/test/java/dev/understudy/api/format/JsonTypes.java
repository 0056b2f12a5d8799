package dev.understudy.api.format;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** A record of every type that files can hold. */
final class JsonTypes {
    static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type":"record","name":"All","fields":[
              {"name":"int","type":"int"},
              {"name":"float","type":"float"},
              {"name":"time","type":["null",{"type":"long","logicalType":"timestamp-micros"}]},
              {"name":"decimal","type":{"type":"bytes","logicalType":"decimal","precision":8,"scale":2}},
              {"name":"bytes","type":"bytes"},
              {"name":"fixed","type":{"type":"fixed","name":"F","size":2}},
              {"name":"enum","type":{"type":"enum","name":"E","symbols":["A","B"]}},
              {"name":"flag","type":["boolean","null"]},
              {"name":"nested","type":{"type":"record","name":"N","fields":[{"name":"x","type":["null","double"]}]}},
              {"name":"list","type":{"type":"array","items":["null","long"]}},
              {"name":"map","type":{"type":"map","values":"string"}},
              {"name":"text","type":["null","string"],"column":"some text"}
            ]}""");

    private JsonTypes() {}

    static GenericRecord record() {
        GenericData.Record nested =
                new GenericData.Record(SCHEMA.getField("nested").schema());
        nested.put("x", 0.1);
        GenericData.Record record = new GenericData.Record(SCHEMA);
        record.put("int", -5);
        record.put("float", 1.5f);
        record.put("time", 1_700_000_000_123_456L);
        Schema decimal = SCHEMA.getField("decimal").schema();
        record.put("decimal", JsonValues.decimal(decimal, new BigDecimal("12.3"), (org.apache.avro.LogicalTypes.Decimal)
                decimal.getLogicalType()));
        record.put("bytes", ByteBuffer.wrap(new byte[] {1, 2}));
        record.put("fixed", new GenericData.Fixed(SCHEMA.getField("fixed").schema(), new byte[] {-1, 3}));
        record.put("enum", new GenericData.EnumSymbol(SCHEMA.getField("enum").schema(), "B"));
        record.put("flag", null);
        record.put("nested", nested);
        record.put(
                "list", new GenericData.Array<>(SCHEMA.getField("list").schema(), java.util.Arrays.asList(1L, null)));
        record.put("map", Map.of("k", "v"));
        record.put("text", "a \"quoted\", text");
        return record;
    }
}
