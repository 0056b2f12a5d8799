package dev.understudy.learning;

import dev.understudy.codec.RecordLayout;
import dev.understudy.learning.replay.Memory;
import dev.understudy.model.Definitions;
import dev.understudy.model.SchemaChange;
import dev.understudy.wire.ModelDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/**
 * Puts what was learned with an older schema onto a definition whose schema has grown out of it. Rows and networks stay as they
 * are. A record that comes again in the new schema has other bytes than before, so it may land on the other side of the holdout.
 *
 * <p><em>Thread safety</em>: immutable.
 */
final class Evolution {
    private final ModelDefinition definition;
    private final Schema schema;

    Evolution(ModelDefinition definition) {
        this.definition = definition;
        this.schema = Definitions.schema(definition);
    }

    /** Whether the definition's schema is that one or has grown out of it. */
    boolean follows(Schema older) {
        return SchemaChange.differences(older, schema, Definitions.omitted(definition))
                .isEmpty();
    }

    /** The layout, of the definition's records. */
    RecordLayout layout(RecordLayout older) {
        return older.onto(schema, Definitions.hints(definition));
    }

    /** Writes all that is remembered again, in the definition's schema. */
    void reencode(Memory memory, Schema older) {
        memory.reencode(bytes -> reencoded(bytes, older));
    }

    private byte[] reencoded(byte[] bytes, Schema older) {
        try {
            return AvroBytes.write(AvroBytes.read(bytes, older, schema));
        } catch (IOException e) {
            throw new UncheckedIOException("a remembered record cannot be read", e);
        }
    }
}
