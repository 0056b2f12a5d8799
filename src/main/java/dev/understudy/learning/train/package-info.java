/**
 * One round of adversarial steps, and when the next one is due.
 *
 * <p>In go a trainer and batches of rows; out come losses, or the news that the round diverged. It must never know clocks,
 * topics or files: how much to train follows from records that arrived, steps that were taken and scores. It exists so that
 * the loop of training can be read, tested and stopped without Kafka around it.
 */
package dev.understudy.learning.train;
