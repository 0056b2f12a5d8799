package dev.understudy.quality;

/**
 * A version that went live, with what it had cost by then.
 *
 * @param version its number
 * @param steps training steps behind it
 * @param cpuSeconds CPU seconds of the learner behind it
 */
record Mark(int version, long steps, double cpuSeconds) {}
