package dev.understudy.sampling.plan;

/**
 * What is under way in a partition.
 *
 * @param requests open ones
 * @param givenBytes what these have given
 */
public record Load(int requests, long givenBytes) {}
