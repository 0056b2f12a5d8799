/**
 * What the learner remembers of a topic: recent records, a sample of all older ones, and a holdout that no step ever sees.
 *
 * <p>In go records as Avro binary bytes with the class they belong to; out come batches of bytes, chosen by counter-based
 * randomness, and a file that restores it all. It must never know what the bytes mean: numbers of a record are randomised
 * anew at each encoding, so rows are not worth keeping. It exists because Kafka forgets, heap is bounded, and a learner that
 * only sees the present unlearns the past.
 */
package dev.understudy.learning.replay;
