package dev.understudy.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.understudy.api.format.AvroFileRecords;
import dev.understudy.api.format.CsvRecords;
import dev.understudy.api.format.IdxRecords;
import dev.understudy.api.format.NdjsonRecords;
import dev.understudy.api.format.RecordReader;
import dev.understudy.api.format.RecordWriter;
import dev.understudy.api.format.RowResult;
import dev.understudy.api.format.UnreadableFileException;
import dev.understudy.faults.Allocation;
import dev.understudy.faults.Mutations;
import dev.understudy.kafka.Topics;
import dev.understudy.kafka.WireFormat;
import dev.understudy.sampling.generate.Fault;
import dev.understudy.sampling.generate.Regenerator;
import dev.understudy.sampling.generate.Sampler;
import dev.understudy.sampling.generate.Slice;
import dev.understudy.wire.NoiseBatch;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/**
 * Whatever bytes are the body of a request, they are read, row by row refused, or refused as a whole, in memory that they justify.
 * Tries: {@code -Dfuzz.tries}.
 */
class BodiesFuzzTest {
    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type":"record","name":"R","fields":[
              {"name":"count","type":["null","long"],"default":null},
              {"name":"number","type":"double"},
              {"name":"text","type":"string"},
              {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
              {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"shop","type":{"type":"enum","name":"Shop","symbols":["NORTH","SOUTH"]}},
              {"name":"pulse","type":{"type":"array","items":"float"}},
              {"name":"place","type":{"type":"record","name":"Place","fields":[{"name":"lat","type":"double"}]}}
            ]}""");

    private static final ObjectMapper MAPPER =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private interface Opening {
        RecordReader open() throws IOException;
    }

    private static void read(byte[] body, Opening opening) throws Exception {
        Allocation.justifiedBy(body.length, () -> {
            try (RecordReader reader = opening.open()) {
                while (!(reader.next() instanceof RowResult.End)) {
                    assertThat(reader.schema()).isNotNull();
                }
            } catch (UnreadableFileException e) {
                assertThat(e.code()).matches("[a-z-]+");
            }
        });
    }

    private static ByteArrayInputStream in(byte[] body) {
        return new ByteArrayInputStream(body);
    }

    @Property(seed = "20261125", edgeCases = EdgeCasesMode.NONE)
    void csv(@ForAll("tables") byte[] body) throws Exception {
        read(body, () -> CsvRecords.reader(in(body), "m"));
        read(body, () -> CsvRecords.reader(in(body), SCHEMA));
    }

    @Property(seed = "20261125", edgeCases = EdgeCasesMode.NONE)
    void ndjson(@ForAll("lines") byte[] body) throws Exception {
        read(body, () -> NdjsonRecords.reader(in(body), "m"));
        read(body, () -> NdjsonRecords.reader(in(body), SCHEMA));
    }

    @Property(seed = "20261125", edgeCases = EdgeCasesMode.NONE)
    void avro(@ForAll("containers") byte[] body) throws Exception {
        read(body, () -> AvroFileRecords.reader(in(body)));
        read(body, () -> AvroFileRecords.reader(in(body), SCHEMA));
    }

    @Property(seed = "20261125", edgeCases = EdgeCasesMode.NONE)
    void idx(@ForAll("images") byte[] images, @ForAll("labels") byte[] labels) throws Exception {
        read(images, () -> IdxRecords.reader(in(images), "m"));
        read(images, () -> IdxRecords.reader(in(images), in(labels), "m"));
    }

    @Property(seed = "20261125", edgeCases = EdgeCasesMode.NONE)
    void definitions(@ForAll("definitions") byte[] body) throws Exception {
        Allocation.justifiedBy(body.length, () -> {
            try {
                DefinitionBody definition = MAPPER.readValue(body, DefinitionBody.class);
                if (definition != null) {
                    definition.definition("m", Optional.empty());
                }
            } catch (HttpProblem e) {
                assertThat(e.getParameters()).containsKey("code");
            } catch (JsonProcessingException e) {
                assertThat(e).as("what Quarkus answers 400 to").isNotNull();
            } catch (IOException e) {
                assertThat(e).as("letters that are no UTF").isInstanceOf(java.io.CharConversionException.class);
            }
        });
    }

    private final Topics topics = topics();
    private final RegenerationResource regeneration =
            new RegenerationResource(new Regenerator("m"::equals, new Constant()), topics, MAPPER);

    private static Topics topics() {
        try {
            return new Topics("understudy.", WireFormat.local(Files.createTempDirectory("fuzz")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A model whose samples are all alike. */
    private static final class Constant implements Sampler<GenericRecord> {
        @Override
        public Optional<Fault> objection(NoiseBatch noise) {
            return Optional.empty();
        }

        @Override
        public List<GenericRecord> sample(List<Slice> slices) {
            return List.of(record());
        }
    }

    @Property(seed = "20261125", edgeCases = EdgeCasesMode.NONE)
    void recipes(@ForAll("recipes") byte[] body) throws Exception {
        Allocation.justifiedBy(body.length, () -> {
            try {
                assertThat(regeneration.regenerate(null, in(body)).getStatus()).isEqualTo(200);
            } catch (HttpProblem e) {
                assertThat(e.getParameters()).containsKey("code");
            }
        });
    }

    private static GenericRecord record() {
        Schema place = SCHEMA.getField("place").schema();
        return new GenericRecordBuilder(SCHEMA)
                .set("count", 3L)
                .set("number", 1.5)
                .set("text", "a, \"b\"")
                .set("price", ByteBuffer.wrap(new byte[] {1, 2}))
                .set("at", 1_700_000_000_000L)
                .set("shop", new GenericData.EnumSymbol(SCHEMA.getField("shop").schema(), "NORTH"))
                .set("pulse", List.of(1f, 2f))
                .set("place", new GenericRecordBuilder(place).set("lat", 51.5).build())
                .build();
    }

    private static byte[] file(Formats format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RecordWriter writer = format.writer(bytes, SCHEMA)) {
            for (int i = 0; i < 3; i++) {
                writer.write(record());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzipped(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<byte[]> tables() {
        return Mutations.of(
                List.of(file(Formats.CSV_FORMAT), text("a,b,when\n1,x,2020-01-01\n2.5,,2021-02-03\n3e5,\"q\"\"\",\n")));
    }

    @Provide
    Arbitrary<byte[]> lines() {
        return Mutations.of(List.of(
                file(Formats.NDJSON_FORMAT), text("{\"a\":1,\"b\":{\"c\":[1,2]}}\n{\"a\":null,\"b\":{}}\n[]\n")));
    }

    @Provide
    Arbitrary<byte[]> containers() {
        return Mutations.of(List.of(file(Formats.AVRO_FORMAT)));
    }

    @Provide
    Arbitrary<byte[]> images() {
        byte[] images = ByteBuffer.allocate(16 + 2 * 12)
                .putInt(0x0803)
                .putInt(2)
                .putInt(3)
                .putInt(4)
                .array();
        return Mutations.of(List.of(images, gzipped(images)));
    }

    @Provide
    Arbitrary<byte[]> labels() {
        byte[] labels = ByteBuffer.allocate(8 + 2).putInt(0x0801).putInt(2).array();
        return Mutations.of(List.of(labels, gzipped(labels)));
    }

    @Provide
    Arbitrary<byte[]> definitions() {
        return Mutations.of(List.of(
                text("{\"schema\": " + SCHEMA + ", \"topic\": \"t\", \"hints\": {\"text\": {\"kind\": \"text\"},"
                        + " \"pulse\": {\"kind\": \"series\", \"shape\": [2, 1]}}, \"batch\": 64, \"seed\": 7}"),
                text("{\"schema\": {\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"image\", \"type\":"
                        + " \"bytes\", \"shape\": [8, 8, 1]}]}, \"preset\": \"small\", \"completion\": 0.5}")));
    }

    @Provide
    Arbitrary<byte[]> recipes() {
        return Mutations.of(List.of(
                text("{\"understudy-model\": \"m\", \"understudy-version\": 1, \"understudy-index\": \"4\","
                        + " \"understudy-seed\": 7, \"understudy-given\": {\"shop\": \"NORTH\"},"
                        + " \"understudy-truncation\": 0.7, \"understudy-latents\": \"AAAAAAAAAAA=\"}"),
                text("{\"understudy-model\": \"m\", \"understudy-version\": 1, \"understudy-index\": \"4\","
                        + " \"understudy-from\": 7, \"understudy-to\": 8, \"understudy-steps\": 9}")));
    }
}
