package dev.understudy.api.format;

import java.io.Closeable;
import java.io.IOException;
import org.apache.avro.Schema;

/** Records from a file, in order, in bounded memory. Not thread-safe. Closing it closes the stream below. */
public interface RecordReader extends Closeable {

    /** The schema of the records: the given one, or what was inferred from the file's beginning. */
    Schema schema();

    /**
     * The next record, the next row that is none, or the end (again and again).
     *
     * @throws UnreadableFileException if nothing more can be read
     */
    RowResult next() throws IOException;
}
