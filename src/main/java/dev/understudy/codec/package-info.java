/**
 * Avro records become rows of floats, and rows become records.
 *
 * <p><em>Enters</em>: a schema, hints and real records; later records to encode, rows to decode, values that samples must
 * have. <em>Leaves</em>: a {@link dev.understudy.codec.RecordLayout} (saved with the model, refreshed by field when data drift),
 * rows, records that validate against the schema. <em>Must never know</em>: Kafka, networks, clocks, configuration, loggers; no
 * exception holds a value of a real record.
 *
 * <p><em>Why</em>: networks want numbers with simple marginals. Every choice becomes a one-hot and every number a standard
 * normal, so that a network learns nothing but how fields depend on each other; what the marginals look like is kept here,
 * exactly. Each kind of field is one file: {@code CategoryField}, {@code NumberField}, {@code TimestampField},
 * {@code FollowerField}, {@code TwinField}, {@code TextField}, {@code SeriesField}, {@code ImageField}, {@code VideoField},
 * {@code ConstantField}.
 * What was never seen is never sampled, but for dates and times that are put together of parts that were.
 *
 * <p><em>Source</em>: atoms and mode-aware encoding after Xu et al. 2019, "Modeling tabular data using conditional GAN"
 * (arXiv 1907.00503); the randomised probability transform after Brockwell 2007, "Universal residuals".
 */
package dev.understudy.codec;
