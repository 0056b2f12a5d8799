package dev.understudy.sampling.plan;

/**
 * A request that we answer no.
 *
 * @param code stable, lower case with hyphens
 * @param message one sentence for the requester, naming field, value and limit
 */
public record Refusal(String code, String message) implements Plan {}
