package dev.understudy.codec;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Learns a {@link RecordLayout} from a stream of records, in bounded memory. Not thread-safe. */
public final class LayoutLearner {

    /**
     * @param hints by field name, nested ones by dotted path
     */
    public LayoutLearner(Schema schema, Map<String, Hint> hints) {}

    /** What the schema and the hints alone already rule out; empty if nothing. */
    public static List<FieldProblem> problems(Schema schema, Map<String, Hint> hints) {
        throw new UnsupportedOperationException();
    }

    /** Takes one real record into the statistics. */
    public void observe(IndexedRecord record) {
        throw new UnsupportedOperationException();
    }

    /** Records observed so far. */
    public long observed() {
        throw new UnsupportedOperationException();
    }

    /** What schema, hints and the records so far rule out (an id, free text, ...); empty if nothing. */
    public List<FieldProblem> problems() {
        throw new UnsupportedOperationException();
    }

    /**
     * The layout of what was observed.
     *
     * @throws IllegalStateException if there are {@link #problems()} or nothing was observed
     */
    public RecordLayout learn() {
        throw new UnsupportedOperationException();
    }
}
