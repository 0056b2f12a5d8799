package dev.understudy.sampling.generate;

import dev.understudy.wire.RequestStatus;
import java.time.Instant;

/** The faults that come up while a batch waits. */
final class Faults {
    private Faults() {}

    static Fault expired(Instant deadline) {
        String message = "deadline " + deadline + " passed before all samples were made";
        return new Fault(RequestStatus.EXPIRED, "expired-deadline", message);
    }

    static Fault cancelled() {
        return new Fault(RequestStatus.CANCELLED, "cancelled", "a tombstone cancelled the request");
    }

    static Fault generation(Throwable e) {
        return Fault.failed("generation-failed", "the samples could not be made: " + e);
    }
}
