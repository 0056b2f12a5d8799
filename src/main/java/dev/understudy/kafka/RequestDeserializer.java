package dev.understudy.kafka;

import dev.understudy.wire.GenerationRequest;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** Tells a request in JSON, whose first byte is an opening brace, from one in Avro, whose first byte is zero. */
final class RequestDeserializer implements Deserializer<GenerationRequest> {
    private final Deserializer<GenerationRequest> avro;
    private final JsonRequests json = new JsonRequests();

    RequestDeserializer(Deserializer<GenerationRequest> avro) {
        this.avro = avro;
    }

    @Override
    public GenerationRequest deserialize(String topic, byte[] bytes) {
        return deserialize(topic, null, bytes);
    }

    @Override
    public GenerationRequest deserialize(String topic, Headers headers, byte[] bytes) {
        boolean isJson = bytes != null && bytes.length > 0 && bytes[0] == '{';
        return isJson ? json.read(bytes) : avro.deserialize(topic, headers, bytes);
    }

    @Override
    public void close() {
        avro.close();
    }
}
