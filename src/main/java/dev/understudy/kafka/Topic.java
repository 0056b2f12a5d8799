package dev.understudy.kafka;

import org.apache.kafka.common.serialization.Serde;

/**
 * A topic with the types of what is on it. <em>Thread safety</em>: immutable; its serdes may be shared by threads.
 *
 * @param name full name, prefix included
 * @param keys serde of the keys
 * @param values serde of the values
 */
public record Topic<K, V>(String name, Serde<K> keys, Serde<V> values) {}
