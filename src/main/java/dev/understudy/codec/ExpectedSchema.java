package dev.understudy.codec;

import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Refuses records of another schema, at the price of one comparison of references. Thread-safe. */
final class ExpectedSchema {
    private final Schema schema;

    /** Last one found to be equal: readers use the same instance for all their records. */
    private volatile Schema equal;

    ExpectedSchema(Schema schema) {
        this.schema = schema;
        this.equal = schema;
    }

    void check(IndexedRecord record) {
        Schema other = record.getSchema();
        if (other == equal || other == schema) {
            return;
        }
        if (!schema.equals(other)) {
            throw new UnsuitableValueException(new FieldProblem(
                    "",
                    "wrong-schema",
                    "The record has the schema "
                            + other.getFullName() + ", which is not or no longer that of the model, "
                            + schema.getFullName()
                            + ": read it with the model's schema."));
        }
        equal = other;
    }
}
