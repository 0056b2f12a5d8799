package dev.understudy.sampling.generate;

import java.time.Duration;

/**
 * When to run a forward pass.
 *
 * @param size samples in a full batch, 1 to 65536
 * @param age how long a part of a batch waits for company
 * @param patience how long a batch waits for a version that others know of already, or for its topic
 * @param backlog samples that may wait before intake slows; beyond that what is published directly is refused
 * @param backlogBytes the same of the bytes that are given, and of latents
 */
public record Batching(int size, Duration age, Duration patience, int backlog, long backlogBytes) {

    public Batching {
        if (size < 1 || size > 65_536) {
            throw new IllegalArgumentException("size must be from 1 to 65536, it is " + size);
        }
    }

    /** How long nothing must have come for a part of a batch to wait no longer. */
    Duration quiet() {
        return Duration.ofMillis(Math.min(10, age.toMillis() / 2));
    }

    /** The usual patience (10 s) and backlog (131072 samples, 64 MB). */
    public static Batching of(int size, Duration age) {
        return new Batching(size, age, Duration.ofSeconds(10), 131_072, 67_108_864);
    }
}
