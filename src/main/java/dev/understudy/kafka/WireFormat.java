package dev.understudy.kafka;

import dev.understudy.wire.GenerationRequest;
import dev.understudy.wire.NoiseBatch;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The one way values are written: a zero byte, the schema's id in four bytes, Avro binary. With a registry and without one
 * the bytes are framed alike. <em>Thread safety</em>: immutable; every serde it gives may be shared by threads.
 */
public final class WireFormat {
    private static final String URL = "apicurio.registry.url";

    /** One schema, one id: named types within it are not registered apart. */
    private static final Map<String, Object> WHOLE_SCHEMAS = Map.of("apicurio.registry.dereference-schema", true);

    static {
        WireRecords.trust();
    }

    private final Supplier<AvroKafkaSerializer<Object>> serializers;
    private final Supplier<AvroKafkaDeserializer<Object>> deserializers;
    private final IntPredicate known;
    private final Map<String, Object> properties;

    private WireFormat(
            Supplier<AvroKafkaSerializer<Object>> serializers,
            Supplier<AvroKafkaDeserializer<Object>> deserializers,
            IntPredicate known,
            Map<String, Object> properties) {
        this.serializers = serializers;
        this.deserializers = deserializers;
        this.known = known;
        this.properties = Map.copyOf(properties);
    }

    /**
     * Schemas and their ids in a directory, created if need be. Ids stay the same across restarts; several processes may
     * share the directory.
     */
    public static WireFormat local(Path directory) {
        LocalSchemas schemas = new LocalSchemas(directory);
        Map<String, Object> properties = new HashMap<>(WHOLE_SCHEMAS);
        properties.put("apicurio.registry.auto-register", true);
        properties.put("apicurio.registry.retry-count", 0);
        return new WireFormat(
                () -> new AvroKafkaSerializer<>(schemas),
                () -> new AvroKafkaDeserializer<>(schemas),
                schemas::knows,
                properties);
    }

    /**
     * Schemas in a registry, which must hold them already unless {@code apicurio.registry.auto-register} is set.
     *
     * @param url of the registry's API, such as {@code http://registry:8080/apis/registry/v3}
     * @param properties Apicurio's own, beside the URL (authentication, TLS, ...)
     */
    public static WireFormat registry(String url, Map<String, ?> properties) {
        Map<String, Object> all = new HashMap<>(WHOLE_SCHEMAS);
        all.putAll(properties);
        all.put(URL, url);
        return new WireFormat(AvroKafkaSerializer::new, AvroKafkaDeserializer::new, id -> true, all);
    }

    /** Values of one generated class; a value of any other is a {@code SerializationException}. */
    public <T extends SpecificRecord> Serde<T> records(Class<T> type) {
        return Serdes.serdeFrom(
                new CheckedSerializer<>(serializer()), new CheckedDeserializer<>(deserializer(true), known, type));
    }

    /** Values of any record schema, the writer's. */
    public Serde<GenericRecord> generic() {
        return Serdes.serdeFrom(
                new CheckedSerializer<>(new FramedSerializer(serializer())),
                new CheckedDeserializer<>(deserializer(false), known, GenericRecord.class));
    }

    /** Requests, written as Avro; read as Avro or as a JSON object, so that a console producer can send one. */
    public Serde<GenerationRequest> requests() {
        return orJson(GenerationRequest.class, JsonRequests::read);
    }

    /** Noise, likewise. */
    public Serde<NoiseBatch> noise() {
        return orJson(NoiseBatch.class, JsonNoise::read);
    }

    private <T extends SpecificRecord> Serde<T> orJson(Class<T> type, Function<byte[], T> json) {
        Serde<T> avro = records(type);
        return Serdes.serdeFrom(avro.serializer(), new JsonOrAvroDeserializer<>(json, avro.deserializer()));
    }

    /** Runs one request through: the first call of the libraries beneath takes a second that no requester should wait. */
    public void warmUp() {
        GenerationRequest request = GenerationRequest.newBuilder()
                .setId("warm-up")
                .setModel("warm-up")
                .setCount(1)
                .build();
        try (Serde<GenerationRequest> specific = requests();
                Serde<GenericRecord> generic = generic()) {
            byte[] bytes = specific.serializer().serialize("warm-up", request);
            specific.deserializer().deserialize("warm-up", bytes);
            GenericRecord read = generic.deserializer().deserialize("warm-up", bytes);
            generic.serializer().serialize("warm-up", new GenericData.Record((GenericData.Record) read, false));
        }
    }

    private Serializer<Object> serializer() {
        AvroKafkaSerializer<Object> serializer = serializers.get();
        serializer.configure(properties, false);
        return serializer;
    }

    private Deserializer<Object> deserializer(boolean specific) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("apicurio.registry.use-specific-avro-reader", specific);
        AvroKafkaDeserializer<Object> deserializer = deserializers.get();
        deserializer.configure(all, false);
        return deserializer;
    }
}
