/**
 * The one tree of configuration, documented leaf by leaf.
 *
 * <p>In comes whatever MicroProfile Config offers (properties, environment, files); out go typed, checked values. Only the
 * roots of flows read it: stages take constructor arguments.
 */
package dev.understudy.config;
