package dev.understudy.learning.evaluate;

/** What the gate says of a candidate, and why, in one sentence for its readers. */
public sealed interface Verdict {

    /** One sentence. */
    String reason();

    /** The candidate goes live. */
    record Promote(String reason) implements Verdict {}

    /** What is live stays. */
    record Hold(String reason) implements Verdict {}
}
