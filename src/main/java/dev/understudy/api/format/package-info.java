/**
 * Records as files: CSV, newline-delimited JSON, Avro object container files, IDX pairs.
 *
 * <p><em>Enters</em>: a stream of bytes, with or without a schema; or records. <em>Leaves</em>: records one at a time, with
 * the rows that could not be read as values beside them; or a stream of bytes. <em>Must never know</em>: HTTP, Kafka,
 * models, networks. No error holds the content of a cell.
 *
 * <p><em>Why</em>: a newcomer has a file. Everything streams, so that an upload of 10 GB runs in bounded memory, and a bad
 * row costs nothing but itself. Two properties of a schema's field remember what Avro cannot say: {@code column}, the name
 * in the file where it is no Avro name, and {@code format}, how times were written there.
 */
package dev.understudy.api.format;
