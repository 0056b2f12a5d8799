package dev.understudy.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.wire.GenerationRequest;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireFormatTest {
    @TempDir
    Path directory;

    private WireFormat format;

    @BeforeEach
    void open() {
        format = WireFormat.local(directory);
    }

    @Test
    void framesValuesByAZeroByteAndTheSchemasId() {
        byte[] bytes = format.records(RequestOutcome.class).serializer().serialize("any", outcome());

        ByteBuffer frame = ByteBuffer.wrap(bytes);
        assertThat(frame.get()).isZero();
        assertThat(directory.resolve(frame.getInt() + ".avsc")).isRegularFile();
    }

    @Test
    void readsBackGeneratedRecordsAfterARestart() {
        byte[] bytes = format.records(RequestOutcome.class).serializer().serialize("any", outcome());

        Serde<RequestOutcome> restarted = WireFormat.local(directory).records(RequestOutcome.class);

        assertThat(restarted.deserializer().deserialize("any", bytes)).isEqualTo(outcome());
    }

    @Test
    void readsBackRecordsOfAnySchema() {
        Schema schema = SchemaBuilder.record("Pair")
                .fields()
                .requiredInt("left")
                .requiredString("right")
                .endRecord();
        GenericRecord pair = new GenericRecordBuilder(schema)
                .set("left", 1)
                .set("right", "r")
                .build();
        Serde<GenericRecord> serde = format.generic();

        GenericRecord read =
                serde.deserializer().deserialize("any", serde.serializer().serialize("any", pair));

        assertThat(read.getSchema().getFullName()).isEqualTo("Pair");
        assertThat(read).hasToString(pair.toString());
    }

    @Test
    void recordsThatFollowEachOtherAreWrittenAsTheFirstIs() {
        // Given records of two schemas on two topics, some of them in a row
        Schema pair = SchemaBuilder.record("Pair")
                .fields()
                .requiredInt("left")
                .optionalString("right")
                .endRecord();
        Schema other =
                SchemaBuilder.record("Other").fields().requiredInt("left").endRecord();
        List<GenericRecord> records = List.of(
                new GenericRecordBuilder(pair).set("left", 1).set("right", "r").build(),
                new GenericRecordBuilder(pair).set("left", 2).build(),
                new GenericRecordBuilder(pair)
                        .set("left", 3)
                        .set("right", "x".repeat(300))
                        .build(),
                new GenericRecordBuilder(other).set("left", 4).build(),
                new GenericRecordBuilder(pair).set("left", 5).build());
        Serde<GenericRecord> serde = format.generic();
        for (String topic : List.of("any", "another")) {
            for (GenericRecord record : records) {
                // Then each is what a serializer writes that has written nothing before
                assertThat(serde.serializer().serialize(topic, record))
                        .isEqualTo(format.generic().serializer().serialize(topic, record));
            }
        }
        // And what does not fit the schema is refused as ever
        GenericRecord unfit = new GenericData.Record(pair);
        serde.serializer().serialize("any", records.get(0));
        assertThatThrownBy(() -> serde.serializer().serialize("any", unfit)).isInstanceOf(SerializationException.class);
    }

    @Test
    void leavesTombstonesAlone() {
        Serde<RequestOutcome> serde = format.records(RequestOutcome.class);

        assertThat(serde.serializer().serialize("any", null)).isNull();
        assertThat(serde.deserializer().deserialize("any", null)).isNull();
    }

    @Test
    void refusesAValueOfAnotherType() {
        byte[] bytes = format.records(RequestOutcome.class).serializer().serialize("any", outcome());

        assertThatThrownBy(() -> format.records(NoiseBatch.class).deserializer().deserialize("any", bytes))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void turnsCorruptBytesIntoOneKindOfException() {
        Serde<NoiseBatch> serde = format.records(NoiseBatch.class);
        byte[] good = serde.serializer().serialize("any", noise());
        Random random = new Random(7);
        for (int attempt = 0; attempt < 2000; attempt++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                serde.deserializer().deserialize("any", bytes);
            } catch (SerializationException e) {
                assertThat(e).hasMessageContaining("bytes");
            }
        }
    }

    @Test
    void refusesAnArrayThatClaimsToBeHuge() {
        Serde<NoiseBatch> serde = format.records(NoiseBatch.class);
        byte[] good = serde.serializer().serialize("any", noise());
        // Latents start with the union's branch (2), then the zig-zag count of the block (2 floats: 4).
        int latents = indexOf(good, new byte[] {2, 4, 0, 0, (byte) 0x80, 0x3f});
        byte[] huge = Arrays.copyOf(good, latents + 6);
        System.arraycopy(
                new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f}, 0, huge, latents + 1, 5);

        assertThatThrownBy(() -> serde.deserializer().deserialize("any", huge))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void readsARequestFromJsonAndFromAvroAlike() {
        GenerationRequest request = GenerationRequest.newBuilder()
                .setId("r")
                .setModel("m")
                .setCount(5)
                .setGiven(Map.of("label", 3L))
                .setDeadline(Instant.ofEpochMilli(1000))
                .build();
        Serde<GenerationRequest> serde = format.requests();
        byte[] json = "{\"id\":\"r\",\"model\":\"m\",\"count\":5,\"given\":{\"label\":3},\"deadline\":1000}"
                .getBytes(StandardCharsets.UTF_8);

        assertThat(serde.deserializer().deserialize("any", serde.serializer().serialize("any", request)))
                .isEqualTo(request);
        assertThat(serde.deserializer().deserialize("any", json)).isEqualTo(request);
    }

    @Test
    void warmsUpWithoutABroker() {
        format.warmUp();

        assertThat(directory.resolve("1.avsc")).isRegularFile();
    }

    private static RequestOutcome outcome() {
        return RequestOutcome.newBuilder()
                .setRequest("r")
                .setStatus(RequestStatus.COMPLETED)
                .setModel("m")
                .setRequested(5)
                .setDelivered(5)
                .setAt(Instant.ofEpochMilli(0))
                .build();
    }

    private static NoiseBatch noise() {
        return NoiseBatch.newBuilder()
                .setRequest("r")
                .setModel("m")
                .setCount(1)
                .setLatents(List.of(1f, 2f))
                .setGiven(Map.of("label", "x"))
                .build();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("part not found");
    }
}
