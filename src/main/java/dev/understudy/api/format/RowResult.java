package dev.understudy.api.format;

import org.apache.avro.generic.GenericRecord;

/** What a row of a file turned out to be. */
public sealed interface RowResult {

    /**
     * A record.
     *
     * @param row its number in the file, from 1, not counting a header
     */
    record Taken(long row, GenericRecord record) implements RowResult {}

    /**
     * Not a record; reading goes on behind it.
     *
     * @param row its number in the file, from 1, not counting a header
     * @param column the column at fault as the file names it; empty if it is the whole row
     * @param reason a sentence without the row's content
     */
    record Refused(long row, String column, String reason) implements RowResult {}

    /** There are no more rows. */
    record End() implements RowResult {}
}
