/**
 * A Kafka broker in this process, so that a newcomer needs nothing else.
 *
 * <p><em>In</em>: a data directory and a port. <em>Out</em>: a bootstrap address. <em>Must never know</em>: topics, models,
 * flows. Only what starts the application, and tests, may use it.
 */
package dev.understudy.broker;
