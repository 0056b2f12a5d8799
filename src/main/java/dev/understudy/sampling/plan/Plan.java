package dev.understudy.sampling.plan;

/** What the planner decided about a request. */
public sealed interface Plan permits Accepted, Refusal {}
