package dev.understudy.learning;

import dev.understudy.codec.UnsuitableValueException;
import dev.understudy.kafka.Provenance;
import dev.understudy.model.SchemaResolution;
import dev.understudy.model.SchemaResolution.Obstacle;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads what lies on a real topic as records of one definition. A record written with another schema is taken if Avro can
 * resolve it to the definition's, or could if the definition's numbers were as wide as the writer's and its values fit all the
 * same. <em>Thread safety</em>: one owner.
 */
final class RecordReader {
    /** The header that every sample carries. */
    static final String PROVENANCE = Provenance.VERSION;

    /** Obstacles that a reason names. */
    private static final int MOST_TOLD = 3;

    private final Deserializer<GenericRecord> deserializer;
    private final Schema schema;
    private Schema lastWriter;
    private Way lastWay;

    RecordReader(Deserializer<GenericRecord> deserializer, Schema schema) {
        this.deserializer = deserializer;
        this.schema = schema;
    }

    /** What was found. */
    sealed interface Found {}

    /** A record in the definition's schema, and the same as Avro binary. */
    record Real(GenericRecord record, byte[] bytes) implements Found {}

    /** Nothing to learn from, and nothing wrong: a model's own sample, or a tombstone. */
    record PassedOver() implements Found {}

    /**
     * A fault of the record.
     *
     * @param code stable, lower case with hyphens
     * @param reason one sentence, without contents
     */
    record Unreadable(String code, String reason) implements Found {}

    /** How records of one writer's schema become the definition's. */
    private sealed interface Way {}

    /** Read with that schema, and narrowed if it is not the definition's. */
    private record Through(Schema schema) implements Way {}

    private record NoWay(String reason) implements Way {}

    Found read(ConsumerRecord<byte[], byte[]> source) {
        if (source.value() == null || source.headers().lastHeader(PROVENANCE) != null) {
            return new PassedOver();
        }
        try {
            return conform(deserializer.deserialize(source.topic(), source.headers(), source.value()));
        } catch (SerializationException e) {
            return new Unreadable("unreadable-record", e.getMessage());
        }
    }

    private Found conform(GenericRecord written) {
        Way way = way(written.getSchema());
        if (way instanceof NoWay no) {
            return new Unreadable("schema-mismatch", no.reason());
        }
        try {
            return real(written, (Through) way);
        } catch (UnsuitableValueException e) {
            return new Unreadable(e.problem().code(), e.problem().message());
        } catch (AvroRuntimeException | IOException e) {
            return new Unreadable("schema-mismatch", "a record does not fit the definition's schema");
        }
    }

    private Real real(GenericRecord written, Through way) throws IOException {
        byte[] bytes = AvroBytes.write(written);
        if (written.getSchema().equals(schema)) {
            return new Real(AvroBytes.read(bytes, schema, schema), bytes);
        }
        GenericRecord read = AvroBytes.read(bytes, written.getSchema(), way.schema());
        GenericRecord record = way.schema().equals(schema) ? read : Narrowing.narrow(read, schema);
        return new Real(record, AvroBytes.write(record));
    }

    private Way way(Schema writer) {
        if (!writer.equals(lastWriter)) {
            lastWriter = writer;
            lastWay = find(writer);
        }
        return lastWay;
    }

    private Way find(Schema writer) {
        List<Obstacle> obstacles = SchemaResolution.obstacles(schema, writer);
        if (obstacles.isEmpty()) {
            return new Through(schema);
        }
        Schema widened = WidenedSchema.of(schema, writer);
        List<Obstacle> left = SchemaResolution.obstacles(widened, writer);
        return left.isEmpty() ? new Through(widened) : new NoWay(reason(writer, left));
    }

    private String reason(Schema writer, List<Obstacle> obstacles) {
        String told = obstacles.stream()
                .limit(MOST_TOLD)
                .map(obstacle -> (obstacle.field().isEmpty() ? "the record" : "field '" + obstacle.field() + "'") + ": "
                        + obstacle.message())
                .collect(Collectors.joining("; "));
        int more = obstacles.size() - MOST_TOLD;
        return "a record of schema " + writer.getFullName() + " cannot be read with the definition's schema "
                + schema.getFullName() + ": " + told + (more > 0 ? "; and " + more + " more" : "");
    }
}
