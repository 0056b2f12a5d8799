package dev.understudy.sampling.generate;

import dev.understudy.noise.Walk;
import dev.understudy.wire.NoiseBatch;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Says what rules a batch out before any model is asked. */
final class NoiseCheck {
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_MODEL = 100;
    private static final int LONGEST_TENANT = 200;
    private static final int MOST_SAMPLES = 65_536;

    /** Eight megabytes, which with the rest of a batch must fit a record of its changelog. */
    private static final int MOST_LATENTS = 2_000_000;

    private NoiseCheck() {}

    static Optional<Fault> fault(NoiseBatch noise, Instant now) {
        int length = noise.getRequest().length();
        if (length < 1 || length > LONGEST_ID) {
            return refused("invalid-id", "request must have 1 to " + LONGEST_ID + " characters, it has " + length);
        }
        if (noise.getCount() < 1 || noise.getCount() > MOST_SAMPLES) {
            return refused("invalid-count", "count must be from 1 to " + MOST_SAMPLES + ", it is " + noise.getCount());
        }
        return names(noise).or(() -> numbers(noise)).or(() -> walk(noise)).or(() -> deadline(noise, now));
    }

    private static Optional<Fault> names(NoiseBatch noise) {
        if (noise.getModel().length() > LONGEST_MODEL) {
            return refused(
                    "unknown-model",
                    "model must have at most " + LONGEST_MODEL + " characters, it has "
                            + noise.getModel().length());
        }
        int tenant = noise.getTenant().length();
        return tenant <= LONGEST_TENANT
                ? Optional.empty()
                : refused(
                        "invalid-tenant",
                        "tenant must have at most " + LONGEST_TENANT + " characters, it has " + tenant);
    }

    private static Optional<Fault> numbers(NoiseBatch noise) {
        if (noise.getFirstIndex() < 0 || noise.getFirstIndex() > Long.MAX_VALUE - MOST_SAMPLES) {
            return refused(
                    "invalid-index", "firstIndex must be from 0 to 2^63 - 65537, it is " + noise.getFirstIndex());
        }
        Double truncation = noise.getTruncation();
        if (truncation != null && !(truncation >= 0.1 && truncation <= 10)) {
            return refused("invalid-truncation", "truncation must be from 0.1 to 10, it is " + truncation);
        }
        return noise.getLatents() == null ? Optional.empty() : latents(noise.getLatents());
    }

    private static Optional<Fault> latents(List<Float> latents) {
        if (latents.size() > MOST_LATENTS) {
            return refused(
                    "invalid-latents",
                    "latents must be at most " + MOST_LATENTS + " floats, they are " + latents.size());
        }
        return finite(latents) ? Optional.empty() : refused("invalid-latents", "latents must all be finite");
    }

    private static Optional<Fault> walk(NoiseBatch noise) {
        long set = Stream.of(noise.getFrom(), noise.getTo(), noise.getSteps())
                .filter(Objects::nonNull)
                .count();
        if (set == 0) {
            return Optional.empty();
        }
        if (set < 3 || noise.getLatents() != null) {
            return refused("invalid-walk", "a walk has from, to and steps, all three, and no latents beside them");
        }
        long steps = noise.getSteps();
        if (steps < 2 || steps > Walk.MOST_STEPS) {
            return refused("invalid-walk", "steps must be from 2 to " + Walk.MOST_STEPS + ", it is " + steps);
        }
        long end = noise.getFirstIndex() + noise.getCount();
        return end <= steps
                ? Optional.empty()
                : refused(
                        "invalid-walk", "the walk has " + steps + " steps, the last sample asked for is number " + end);
    }

    private static boolean finite(List<Float> latents) {
        for (float value : latents) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Fault> deadline(NoiseBatch noise, Instant now) {
        Instant deadline = noise.getDeadline();
        return deadline == null || deadline.isAfter(now)
                ? Optional.empty()
                : refused(
                        "expired-deadline", "deadline " + deadline + " had passed when the noise was taken at " + now);
    }

    private static Optional<Fault> refused(String code, String message) {
        return Optional.of(Fault.refused(code, message));
    }
}
