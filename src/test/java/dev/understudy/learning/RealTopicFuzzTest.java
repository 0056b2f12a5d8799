package dev.understudy.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.faults.Allocation;
import dev.understudy.faults.Mutations;
import dev.understudy.kafka.Topics;
import dev.understudy.kafka.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Whatever bytes lie on a real topic, the learner takes a record of its schema or tells of a fault. Tries: {@code -Dfuzz.tries}. */
class RealTopicFuzzTest {
    private static final Schema SCHEMA = SchemaBuilder.record("Visit")
            .fields()
            .requiredDouble("amount")
            .optionalString("referrer")
            .requiredBytes("photo")
            .name("pulse")
            .type()
            .array()
            .items()
            .floatType()
            .noDefault()
            .name("tags")
            .type()
            .map()
            .values()
            .longType()
            .noDefault()
            .name("shop")
            .type()
            .enumeration("Shop")
            .symbols("NORTH", "SOUTH")
            .noDefault()
            .endRecord();

    private final Topics topics = topics();
    private final RecordReader reader =
            new RecordReader(topics.real("visits").values().deserializer(), SCHEMA);

    private static Topics topics() {
        try {
            return new Topics("understudy.", WireFormat.local(Files.createTempDirectory("fuzz")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Property(seed = "20261125", edgeCases = EdgeCasesMode.NONE)
    void records(@ForAll("visits") byte[] value) throws Exception {
        Allocation.justifiedBy(value.length, () -> {
            RecordReader.Found found = reader.read(new ConsumerRecord<>("visits", 0, 0, null, value));
            if (found instanceof RecordReader.Real real) {
                assertThat(GenericData.get().validate(SCHEMA, real.record())).isTrue();
            }
        });
    }

    @Provide
    Arbitrary<byte[]> visits() {
        GenericRecord visit = new GenericRecordBuilder(SCHEMA)
                .set("amount", 1.5)
                .set("referrer", "elsewhere")
                .set("photo", ByteBuffer.wrap(new byte[30]))
                .set("pulse", List.of(1f, 2f, 3f))
                .set("tags", java.util.Map.of("a", 1L))
                .set("shop", new GenericData.EnumSymbol(SCHEMA.getField("shop").schema(), "NORTH"))
                .build();
        return Mutations.of(List.of(topics.real("visits").values().serializer().serialize("visits", visit)));
    }
}
