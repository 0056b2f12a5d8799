package dev.understudy.api.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Whatever the records, a file gives them back. */
class FormatProperties {
    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type":"record","name":"R","fields":[
              {"name":"count","type":["null","long"]},
              {"name":"number","type":"double"},
              {"name":"single","type":"float"},
              {"name":"text","type":"string"},
              {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"bytes","type":["null","bytes"]},
              {"name":"flag","type":"boolean"}
            ]}""");

    private interface Format {
        RecordWriter writer(OutputStream out, Schema schema) throws IOException;
    }

    private interface Source {
        RecordReader reader(InputStream in, Schema schema) throws IOException;
    }

    @Property(tries = 100, seed = "20261123")
    void csv(@ForAll("records") List<GenericRecord> records) throws IOException {
        assertThat(there(CsvRecords::writer, CsvRecords::reader, records)).isEqualTo(records);
    }

    @Property(tries = 100, seed = "20261123")
    void ndjson(@ForAll("records") List<GenericRecord> records) throws IOException {
        assertThat(there(NdjsonRecords::writer, NdjsonRecords::reader, records)).isEqualTo(records);
    }

    @Property(tries = 100, seed = "20261123")
    void anyNamesBecomeDifferentAvroNames(@ForAll List<String> names) throws IOException {
        List<TypeGuess> guesses = names.stream().map(name -> new TypeGuess()).toList();
        assertThat(TypeGuess.record("m", names, guesses).getFields()).hasSameSizeAs(names);
    }

    @Property(tries = 200, seed = "20261123")
    void noBytesMakeAReaderFailOtherwiseThanByRefusing(@ForAll byte[] bytes) {
        List<Source> sources = List.of(
                (in, schema) -> CsvRecords.reader(in, "m"),
                (in, schema) -> NdjsonRecords.reader(in, "m"),
                NdjsonRecords::reader,
                (in, schema) -> AvroFileRecords.reader(in),
                (in, schema) -> IdxRecords.reader(in, "m"));
        for (Source source : sources) {
            try {
                Texts.all(source.reader(new ByteArrayInputStream(bytes), SCHEMA));
            } catch (IOException e) {
                assertThat(e).isInstanceOf(UnreadableFileException.class);
            }
        }
    }

    private static List<GenericRecord> there(Format format, Source source, List<GenericRecord> records)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordWriter writer = format.writer(out, SCHEMA)) {
            for (GenericRecord record : records) {
                writer.write(record);
            }
        }
        return Texts.records(source.reader(new ByteArrayInputStream(out.toByteArray()), SCHEMA));
    }

    @Provide
    Arbitrary<List<GenericRecord>> records() {
        Arbitrary<GenericRecord> one = Combinators.combine(
                        Arbitraries.longs().injectNull(0.2),
                        Arbitraries.doubles(),
                        Arbitraries.floats(),
                        Arbitraries.strings().ofMaxLength(20).map(String::strip),
                        Arbitraries.longs().between(-60_000_000_000_000L, 60_000_000_000_000L),
                        Arbitraries.bytes()
                                .array(byte[].class)
                                .ofMinSize(1)
                                .ofMaxSize(40)
                                .injectNull(0.2),
                        Arbitraries.of(true, false))
                .as(FormatProperties::record);
        return one.list().ofMaxSize(30);
    }

    private static GenericRecord record(
            Long count, double number, float single, String text, long at, byte[] bytes, boolean flag) {
        GenericData.Record record = new GenericData.Record(SCHEMA);
        record.put("count", count);
        record.put("number", number);
        record.put("single", single);
        record.put("text", text);
        record.put("at", at);
        record.put("bytes", bytes == null ? null : ByteBuffer.wrap(bytes));
        record.put("flag", flag);
        return record;
    }
}
