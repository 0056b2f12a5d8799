/**
 * Is the candidate good enough to be served, and better or worse than the live model?
 *
 * <p>In go rows: held-out ones that no step has seen, some that were trained on, the candidate's and the live model's
 * samples. Out come scores by name and a verdict with its reason. It must never know where rows come from, nor what a model
 * is. It exists because a loss says nothing of quality: without a measure on unseen records, a collapse or a NaN would go
 * live like any other round.
 */
package dev.understudy.learning.evaluate;
