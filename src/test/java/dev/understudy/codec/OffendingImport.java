package dev.understudy.codec;

import dev.understudy.model.ModelStore;
import org.apache.kafka.clients.producer.Producer;

/** Breaks the import table on purpose, so that the test of the table is seen to fail. */
public interface OffendingImport {
    /** Two imports that the core must not have. */
    ModelStore store(Producer<?, ?> producer);
}
