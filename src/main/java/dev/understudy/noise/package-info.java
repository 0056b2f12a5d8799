/**
 * Seeds and latents. What enters is a pair (seed, index); what leaves is the noise that one sample is made from, the same on
 * every replica, in every batch and at every retry. It knows neither networks nor records. It exists because an engine's own
 * generator is one per process: what it yields depends on who else drew from it.
 */
package dev.understudy.noise;
