/**
 * Fair shares between priorities.
 *
 * <p><em>In</em>: what waits and what is served, by priority. <em>Out</em>: which priority is next. <em>Must never know</em>:
 * requests, batches, Kafka. It exists so that the planner and the generator share one rule.
 */
package dev.understudy.sampling.fair;
