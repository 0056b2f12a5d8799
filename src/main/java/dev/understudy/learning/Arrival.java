package dev.understudy.learning;

import dev.understudy.codec.FieldProblem;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;

/**
 * A real record as it reaches a learner.
 *
 * @param partition it came from
 * @param offset it had there
 * @param record in the definition's schema
 * @param bytes the same as Avro binary
 * @param refusal what to do if a value cannot be learned
 */
record Arrival(int partition, long offset, GenericRecord record, byte[] bytes, Consumer<FieldProblem> refusal) {}
