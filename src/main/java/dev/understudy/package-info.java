/**
 * Understudy: learns a live Kafka topic and stands in for it.
 *
 * <p>This package puts the parts together, in order, and takes them apart again: broker, topics, catalog, the two flows,
 * the demo stream. In comes configuration; out goes a running service. It knows all, and nobody knows it.
 */
package dev.understudy;
