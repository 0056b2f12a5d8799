package dev.understudy.api.format;

import java.io.Closeable;
import java.io.IOException;
import org.apache.avro.generic.GenericRecord;

/**
 * Records into a file, in bounded memory. The same records give the same bytes. Not thread-safe. Closing it ends the file
 * and closes the stream below.
 */
public interface RecordWriter extends Closeable {

    /** Appends a record of the writer's schema. */
    void write(GenericRecord record) throws IOException;

    /** Hands all that was written to the stream below, and flushes that. */
    void flush() throws IOException;
}
