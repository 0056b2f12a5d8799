package dev.understudy.sampling.generate;

/** What a pass has taken of a fragment. */
record Portion(Fragment fragment, Slice slice) {}
