/**
 * A request becomes seeded batches of noise, or a reason for refusal.
 *
 * <p><em>In</em>: requests, what became of batches, the time. <em>Out</em>: batches to release, and how a request stands as a
 * value. <em>Must never know</em>: Kafka, threads, how samples are made. It exists so that what a request may ask for, and
 * when it is over, can be read and tested without a broker.
 */
package dev.understudy.sampling.plan;
