package dev.understudy.sampling.plan;

import dev.understudy.codec.Given;
import dev.understudy.wire.GenerationRequest;
import dev.understudy.wire.internal.OpenRequest;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/** Decides whether a request can be served, and pins what it leaves open. <em>Thread safety</em>: share freely. */
public final class Planner {
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_TENANT = 200;
    private static final double LEAST_TRUNCATION = 0.1;
    private static final double MOST_TRUNCATION = 10;

    private final Versions versions;
    private final Limits limits;

    public Planner(Versions versions, Limits limits) {
        this.versions = versions;
        this.limits = limits;
    }

    /**
     * Plans a request.
     *
     * @param drawn seed to take if the request has none; must be the same whenever the same record is planned
     * @param load what is under way beside it
     */
    public Plan plan(GenerationRequest request, long drawn, Load load, Instant now) {
        Optional<Refusal> refusal = Stream.<Function<GenerationRequest, Optional<Refusal>>>of(
                        this::id,
                        this::model,
                        r -> WalkCheck.refusal(r, limits.maxCount()),
                        this::count,
                        this::truncation,
                        this::tenant,
                        r -> deadline(r, now),
                        r -> room(load),
                        r -> memory(r, load))
                .flatMap(check -> check.apply(request).stream())
                .findFirst();
        return refusal.map(Plan.class::cast).orElseGet(() -> pinned(request, drawn));
    }

    private Optional<Refusal> id(GenerationRequest request) {
        int length = request.getId().length();
        return unless(
                length >= 1 && length <= LONGEST_ID,
                "invalid-id",
                "id must have 1 to " + LONGEST_ID + " characters, it has " + length);
    }

    private Optional<Refusal> model(GenerationRequest request) {
        return unless(
                versions.defined(request.getModel()),
                "unknown-model",
                "model '" + shortened(request.getModel()) + "' is not defined");
    }

    private Optional<Refusal> count(GenerationRequest request) {
        long count = wanted(request);
        return unless(
                count >= 1 && count <= limits.maxCount(),
                "invalid-count",
                "count must be from 1 to " + limits.maxCount() + ", it is " + count);
    }

    private static long wanted(GenerationRequest request) {
        return request.getSteps() == null ? request.getCount() : request.getSteps();
    }

    private Optional<Refusal> truncation(GenerationRequest request) {
        Double truncation = request.getTruncation();
        return unless(
                truncation == null || (truncation >= LEAST_TRUNCATION && truncation <= MOST_TRUNCATION),
                "invalid-truncation",
                "truncation must be from " + LEAST_TRUNCATION + " to " + MOST_TRUNCATION + ", it is " + truncation);
    }

    private Optional<Refusal> tenant(GenerationRequest request) {
        int length = request.getTenant().length();
        return unless(
                length <= LONGEST_TENANT,
                "invalid-tenant",
                "tenant must have at most " + LONGEST_TENANT + " characters, it has " + length);
    }

    private Optional<Refusal> deadline(GenerationRequest request, Instant now) {
        Instant deadline = request.getDeadline();
        return unless(
                deadline == null || deadline.isAfter(now),
                "expired-deadline",
                "deadline " + deadline + " had passed when the request was planned at " + now);
    }

    private Optional<Refusal> room(Load load) {
        return unless(
                load.requests() < limits.maxOpenRequests(),
                "overloaded",
                "at most " + limits.maxOpenRequests()
                        + " requests may be under way at once in a partition, and as many are; try later");
    }

    private static Optional<Refusal> memory(GenerationRequest request, Load load) {
        return unless(
                load.givenBytes() + Given.bytes(request.getGiven()) <= Limits.MOST_OPEN_GIVEN_BYTES,
                "overloaded",
                "what is given may be at most " + Limits.MOST_OPEN_GIVEN_BYTES
                        + " bytes in all requests under way in a partition; try later");
    }

    private Plan pinned(GenerationRequest request, long drawn) {
        OptionalInt version =
                request.getVersion() == null ? versions.live(request.getModel()) : OptionalInt.of(request.getVersion());
        if (version.isEmpty()) {
            return new Refusal("no-live-model", "model '" + request.getModel() + "' has no live version yet");
        }
        return versions.objection(request.getModel(), version.getAsInt(), request.getGiven())
                .map(Plan.class::cast)
                .orElseGet(() -> new Accepted(open(request, version.getAsInt(), drawn)));
    }

    private static OpenRequest open(GenerationRequest request, int version, long drawn) {
        return OpenRequest.newBuilder()
                .setId(request.getId())
                .setModel(request.getModel())
                .setVersion(version)
                .setCount(wanted(request))
                .setSeed(Stream.of(request.getSeed(), request.getFrom())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(drawn))
                .setTo(request.getTo())
                .setTruncation(request.getTruncation())
                .setGiven(request.getGiven())
                .setDeadline(request.getDeadline())
                .setTenant(request.getTenant())
                .setPriority(request.getPriority())
                .build();
    }

    private static Optional<Refusal> unless(boolean fits, String code, String message) {
        return fits ? Optional.empty() : Optional.of(new Refusal(code, message));
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }
}
