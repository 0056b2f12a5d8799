package dev.understudy.sampling;

/** What is promised of each sample of an accepted request. */
public enum Guarantee {
    /** It is seen once by who reads committed records, whatever crashes. */
    EXACTLY_ONCE,
    /** It is seen, and after a crash perhaps again, with the same headers and bytes. Seen as soon as it is made. */
    AT_LEAST_ONCE
}
