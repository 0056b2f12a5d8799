package dev.understudy.api;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;
import java.util.Map;

/** Answers that say no, as RFC 9457 problems with the same stable codes as on the outcome topic. */
final class Problems {
    private static final Map<String, Integer> STATUS = Map.ofEntries(
            Map.entry("unknown-model", 404),
            Map.entry("unknown-version", 404),
            Map.entry("unknown-request", 404),
            Map.entry("no-live-model", 409),
            Map.entry("no-samples", 409),
            Map.entry("schema-mismatch", 409),
            Map.entry("incompatible-definition", 409),
            Map.entry("duplicate-request", 409),
            Map.entry("retired-version", 410),
            Map.entry("too-large", 413),
            Map.entry("unsupported-format", 415),
            Map.entry("too-many-streams", 429),
            Map.entry("overloaded", 429),
            Map.entry("internal-error", 500),
            Map.entry("generation-failed", 500),
            Map.entry("corrupt-weights", 503),
            Map.entry("unavailable-weights", 503),
            Map.entry("broker-unavailable", 503),
            Map.entry("role-disabled", 503),
            Map.entry("timeout", 504));

    private Problems() {}

    /**
     * A problem of that code; one that is not in the table is the requester's mistake (400).
     *
     * @param message one sentence that names field, value and limit
     */
    static HttpProblem of(String code, String message) {
        return with(code, message).build();
    }

    /** The same, to add to. */
    static HttpProblem.Builder with(String code, String message) {
        int status = STATUS.getOrDefault(code, 400);
        return HttpProblem.builder()
                .withStatus(status)
                .withTitle(Status.fromStatusCode(status).getReasonPhrase())
                .withDetail(message)
                .with("code", code);
    }
}
