package dev.understudy.sampling.plan;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What the planner must know of models. <em>Thread safety</em>: implementations may be called by several threads. */
public interface Versions {

    /** Whether a model of this name is defined. */
    boolean defined(String model);

    /** The version that a request is pinned to if it names none; empty if there is none yet. */
    OptionalInt live(String model);

    /** Why a version cannot make samples with these values given; empty if it can. */
    Optional<Refusal> objection(String model, int version, Map<String, Object> given);
}
