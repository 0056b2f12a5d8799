/**
 * What learning leaves behind and sampling picks up: definitions and what a change of one means, announced versions, weights
 * files, and the models loaded from them.
 *
 * <p>In come definitions and announcements, whoever read them; out go leases on loaded models. Knows nothing of Kafka, HTTP
 * or clocks. It exists so that {@code sampling} and {@code learning} can share models without knowing of each other.
 */
package dev.understudy.model;
