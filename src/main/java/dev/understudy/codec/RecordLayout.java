package dev.understudy.codec;

import org.apache.avro.Schema;

/** How the records of one schema become rows: learned once, saved with the model, immutable. */
public final class RecordLayout {

    /** The schema whose records it lays out. */
    public Schema schema() {
        throw new UnsupportedOperationException();
    }

    /** The row, as data for the networks. */
    public RowShape shape() {
        throw new UnsupportedOperationException();
    }

    /** The layout as JSON, readable by {@link #fromJson}. */
    public String toJson() {
        throw new UnsupportedOperationException();
    }

    /** Reads what {@link #toJson} wrote, of this version or an earlier one. */
    public static RecordLayout fromJson(String json) {
        throw new UnsupportedOperationException();
    }
}
