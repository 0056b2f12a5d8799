/**
 * Batches of noise become records.
 *
 * <p><em>In</em>: noise batches as they come, the time, a sampler. <em>Out</em>: samples with the index each was made for, and
 * what became of every batch. <em>Must never know</em>: Kafka, whose thread runs the model, what a request is beyond its id. It exists so that
 * the forward pass always gets full batches if there is work for one, whoever asked, and nobody waits long if there is not.
 */
package dev.understudy.sampling.generate;
