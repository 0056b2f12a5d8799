package dev.understudy.sampling.plan;

import dev.understudy.wire.internal.OpenRequest;

/**
 * A request that will be served.
 *
 * @param request with its version pinned and its seed drawn, nothing released yet
 */
public record Accepted(OpenRequest request) implements Plan {}
