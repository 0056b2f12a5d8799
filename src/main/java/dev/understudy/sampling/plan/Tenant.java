package dev.understudy.sampling.plan;

import dev.understudy.sampling.fair.FairShares;
import dev.understudy.wire.Priority;
import dev.understudy.wire.internal.OpenRequest;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a tenant has in flight, and its requests that have more to release. Weighted shares choose between priorities, turns
 * between the requests of a priority. Not thread-safe.
 */
final class Tenant {
    private final FairShares shares = new FairShares();
    private final Map<Priority, Set<String>> lines = new EnumMap<>(Priority.class);
    private final Set<String> unreleased = new HashSet<>();
    private int weight;
    private long inFlight;

    Tenant() {
        for (Priority priority : Priority.values()) {
            lines.put(priority, new LinkedHashSet<>());
        }
    }

    /** Samples released and not settled. */
    long inFlight() {
        return inFlight;
    }

    /** Counts samples as in flight, or as back if negative. */
    void add(long samples) {
        inFlight += samples;
    }

    /** Requests with samples left to release. */
    int unreleased() {
        return unreleased.size();
    }

    /** Share of a priority's request among all that have samples left, of which it is one. */
    double share(Priority priority) {
        return (double) FairShares.weight(priority) / weight;
    }

    /** Notes that a request has samples left to release. */
    void goesOn(OpenRequest request) {
        if (unreleased.add(request.getId())) {
            weight += FairShares.weight(request.getPriority());
        }
    }

    /** Notes that a request has none left. */
    void goesOut(OpenRequest request) {
        if (unreleased.remove(request.getId())) {
            weight -= FairShares.weight(request.getPriority());
        }
    }

    /** Requests in line. */
    int waiting() {
        return lines.values().stream().mapToInt(Set::size).sum();
    }

    /** Puts a request at the end of its line, unless it is in it. */
    void lineUp(OpenRequest request) {
        if (lines.get(request.getPriority()).add(request.getId())) {
            shares.arrive(request.getPriority(), 1);
        }
    }

    /** Takes a request out of its line, if it is in it. */
    void leave(OpenRequest request) {
        if (lines.get(request.getPriority()).remove(request.getId())) {
            shares.leave(request.getPriority(), 1);
        }
    }

    /** The request whose turn it is. */
    Optional<String> first() {
        return shares.next(priority -> !lines.get(priority).isEmpty())
                .map(priority -> lines.get(priority).iterator().next());
    }

    /** Ends the turn of a request, in which it released so many samples. */
    void release(OpenRequest request, int samples) {
        shares.serve(request.getPriority(), samples);
        leave(request);
        inFlight += samples;
    }
}
