/**
 * The flow that answers requests: requests, plan, noise, generate, samples. Kafka Streams, exactly once.
 *
 * <p><em>In</em>: requests, noise and tombstones on topics; definitions and loaded models. <em>Out</em>: samples on the
 * models' topics, one final outcome for each request, dead letters. <em>Must never know</em>: how models are learned, HTTP.
 * It exists to wire the stages {@code plan} and {@code generate}, which are plain Java, to topics, stores, transactions,
 * threads, meters and the log; nothing else does.
 */
package dev.understudy.sampling;
