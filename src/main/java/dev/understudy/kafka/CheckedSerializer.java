package dev.understudy.kafka;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;

/** Takes nulls for tombstones and turns whatever fails beneath into a {@code SerializationException}. */
final class CheckedSerializer<T> implements Serializer<T> {
    private final Serializer<Object> avro;

    CheckedSerializer(Serializer<Object> avro) {
        this.avro = avro;
    }

    @Override
    public byte[] serialize(String topic, T value) {
        return serialize(topic, null, value);
    }

    @Override
    public byte[] serialize(String topic, Headers headers, T value) {
        if (value == null) {
            return null;
        }
        try {
            return avro.serialize(topic, value);
        } catch (RuntimeException e) {
            throw new SerializationException("cannot write a value for topic " + topic, e);
        }
    }

    @Override
    public void close() {
        avro.close();
    }
}
