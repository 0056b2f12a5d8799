package dev.understudy.kafka;

import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** Tells a value in JSON, whose first byte is an opening brace, from one in Avro, whose first byte is zero. */
final class JsonOrAvroDeserializer<T> implements Deserializer<T> {
    private final Function<byte[], T> json;
    private final Deserializer<T> avro;

    JsonOrAvroDeserializer(Function<byte[], T> json, Deserializer<T> avro) {
        this.json = json;
        this.avro = avro;
    }

    @Override
    public T deserialize(String topic, byte[] bytes) {
        return deserialize(topic, null, bytes);
    }

    @Override
    public T deserialize(String topic, Headers headers, byte[] bytes) {
        boolean isJson = bytes != null && bytes.length > 0 && bytes[0] == '{';
        return isJson ? json.apply(bytes) : avro.deserialize(topic, headers, bytes);
    }

    @Override
    public void close() {
        avro.close();
    }
}
