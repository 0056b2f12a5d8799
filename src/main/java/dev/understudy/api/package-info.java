/**
 * HTTP: definitions, records and sample requests in; samples, states and pictures out.
 *
 * <p>A resource translates between HTTP and the topics, like any other client: what it publishes and reads, everybody can.
 * Knows nothing of networks, and nothing of the flows behind the topics. It exists for those who have no Kafka client at
 * hand, and for a first look.
 */
package dev.understudy.api;
