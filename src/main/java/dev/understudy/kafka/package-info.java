/**
 * The edge to Kafka: typed topics, one wire format, and the few moves everybody makes with them.
 *
 * <p><em>In</em>: a bootstrap address, a topic prefix, and either a schema registry's URL or a directory for schemas.
 * <em>Out</em>: topics whose keys and values have types, clients configured alike, compacted topics as callbacks, dead
 * letters with their reason. <em>Must never know</em>: what a model or a request means; who runs the flows. It exists so
 * that framing, trust, durability and the traps of topic creation are decided once.
 */
package dev.understudy.kafka;
