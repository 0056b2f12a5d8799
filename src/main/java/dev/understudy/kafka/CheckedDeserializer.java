package dev.understudy.kafka;

import java.nio.ByteBuffer;
import java.util.function.IntPredicate;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads values of one type, and turns everything else into a {@code SerializationException} whose message says what is
 * wrong with the bytes but never what is in them.
 */
final class CheckedDeserializer<T> implements Deserializer<T> {
    private static final int HEADER_BYTES = 5;

    private final Deserializer<Object> avro;
    private final IntPredicate known;
    private final Class<T> type;

    /**
     * @param known tells an id that may have a schema from one that cannot: asking for a schema that is not there is slow,
     *     and loud in the log
     */
    CheckedDeserializer(Deserializer<Object> avro, IntPredicate known, Class<T> type) {
        this.avro = avro;
        this.known = known;
        this.type = type;
    }

    @Override
    public T deserialize(String topic, byte[] bytes) {
        return deserialize(topic, null, bytes);
    }

    @Override
    public T deserialize(String topic, Headers headers, byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        checkFrame(topic, bytes);
        return typed(topic, read(topic, bytes));
    }

    private void checkFrame(String topic, byte[] bytes) {
        if (bytes.length < HEADER_BYTES || bytes[0] != 0) {
            throw new SerializationException("value on topic " + topic + " of " + bytes.length
                    + " bytes does not start with a zero byte and a schema id of four bytes");
        }
        int id = ByteBuffer.wrap(bytes).getInt(1);
        if (!known.test(id)) {
            throw new SerializationException("value on topic " + topic + " of " + bytes.length
                    + " bytes has the schema id " + id + ", which is unknown");
        }
    }

    private Object read(String topic, byte[] bytes) {
        try {
            return avro.deserialize(topic, bytes);
        } catch (RuntimeException e) {
            throw new SerializationException(
                    "value on topic " + topic + " of " + bytes.length + " bytes is not Avro of a known schema", e);
        }
    }

    private T typed(String topic, Object value) {
        if (!type.isInstance(value)) {
            throw new SerializationException("value on topic " + topic + " is not a " + type.getSimpleName());
        }
        return type.cast(value);
    }

    @Override
    public void close() {
        avro.close();
    }
}
