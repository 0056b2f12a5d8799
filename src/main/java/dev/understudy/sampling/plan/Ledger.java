package dev.understudy.sampling.plan;

import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import dev.understudy.wire.internal.BatchResult;
import dev.understudy.wire.internal.OpenRequest;
import dev.understudy.wire.internal.SettledBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the account of a request under way: released, settled, delivered. Every method takes it as a value and returns it as
 * one. A request is over once all that was released has come back and nothing more will be.
 *
 * <p><em>Thread safety</em>: immutable.
 */
public final class Ledger {
    private static final String EXPIRED_CODE = "expired-deadline";
    private static final String CANCELLED_CODE = "cancelled";

    private final Limits limits;

    public Ledger(Limits limits) {
        this.limits = limits;
    }

    /** Whether a request has samples left to release. */
    boolean unreleased(OpenRequest request) {
        return request.getEnding() == null && request.getReleased() < request.getCount();
    }

    /**
     * How far a request would reach over its first sample not settled if one more batch were released. A window bounds that, and
     * slides over the index: so a reader can restore the order in bounded memory.
     */
    long reach(OpenRequest request) {
        return request.getReleased() - request.getFloor() + limits.batchSize();
    }

    /** The next batch of a request, full unless it is the last. */
    NoiseBatch next(OpenRequest request) {
        return batch(request, request.getReleased());
    }

    /** Takes into account that the next batch is released. */
    OpenRequest release(OpenRequest request, NoiseBatch next) {
        return OpenRequest.newBuilder(request)
                .setReleased(request.getReleased() + next.getCount())
                .build();
    }

    /** Whether something that was released has not come back. */
    public boolean inFlight(OpenRequest request) {
        return request.getSettled() < request.getReleased();
    }

    private NoiseBatch batch(OpenRequest request, long first) {
        return NoiseBatch.newBuilder()
                .setRequest(request.getId())
                .setBatch(Math.toIntExact(first / limits.batchSize()))
                .setPlanned(true)
                .setModel(request.getModel())
                .setVersion(request.getVersion())
                .setSeed(request.getSeed())
                .setFrom(request.getTo() == null ? null : request.getSeed())
                .setTo(request.getTo())
                .setSteps(request.getTo() == null ? null : request.getCount())
                .setFirstIndex(first)
                .setCount((int) Math.min(limits.batchSize(), request.getCount() - first))
                .setTruncation(request.getTruncation())
                .setGiven(request.getGiven())
                .setDeadline(request.getDeadline())
                .setTenant(request.getTenant())
                .setPriority(request.getPriority())
                .build();
    }

    /**
     * How many samples of a result were released and have not come back. None if it comes again, as it may without exactly
     * once, or if it is of what was never released: whoever may write to the topic of noise can cause such results.
     */
    public int fresh(OpenRequest request, BatchResult result) {
        long first = result.getFirstIndex();
        int samples = result.getSamples();
        boolean possible = first >= 0
                && samples >= 1
                && samples <= request.getReleased() - first
                && result.getDelivered() >= 0
                && result.getDelivered() <= samples;
        return possible ? fresh(request, Math.max(first, request.getFloor()), first + samples) : 0;
    }

    private static int fresh(OpenRequest request, long from, long end) {
        long known = request.getEarly().stream()
                .mapToLong(early -> Math.min(end, early.getFirstIndex() + early.getSamples())
                        - Math.max(from, early.getFirstIndex()))
                .filter(common -> common > 0)
                .sum();
        return (int) Math.max(0, end - from - known);
    }

    /** Takes into account what became of a batch of which something is {@link #fresh}; one that fell short ends the request. */
    public OpenRequest settle(OpenRequest request, BatchResult result) {
        int fresh = fresh(request, result);
        OpenRequest settled = moved(OpenRequest.newBuilder(request), request, result)
                .setSettled(request.getSettled() + fresh)
                .setDelivered(request.getDelivered() + Math.min(fresh, result.getDelivered()))
                .build();
        if (result.getCode() == null) {
            return settled;
        }
        return ended(settled, status(result.getCode()), new Refusal(result.getCode(), result.getMessage()));
    }

    private static RequestStatus status(String code) {
        return switch (code) {
            case EXPIRED_CODE -> RequestStatus.EXPIRED;
            case CANCELLED_CODE -> RequestStatus.CANCELLED;
            default -> RequestStatus.FAILED;
        };
    }

    /** Raises the floor over all that is settled without a gap, and keeps in mind what is settled above: ranges that do not touch. */
    private static OpenRequest.Builder moved(OpenRequest.Builder moved, OpenRequest request, BatchResult result) {
        long start = result.getFirstIndex();
        long end = start + result.getSamples();
        List<SettledBatch> early = new ArrayList<>();
        for (SettledBatch range : request.getEarly()) {
            long rangeEnd = range.getFirstIndex() + range.getSamples();
            if (range.getFirstIndex() <= end && start <= rangeEnd) {
                start = Math.min(start, range.getFirstIndex());
                end = Math.max(end, rangeEnd);
            } else {
                early.add(range);
            }
        }
        if (start <= request.getFloor()) {
            return moved.setFloor(Math.max(request.getFloor(), end)).setEarly(early);
        }
        early.add(new SettledBatch(start, Math.toIntExact(end - start)));
        return moved.setEarly(early);
    }

    /** Ends a request at the requester's wish. */
    public OpenRequest cancel(OpenRequest request) {
        return ended(
                request, RequestStatus.CANCELLED, new Refusal(CANCELLED_CODE, "a tombstone cancelled the request"));
    }

    /** Ends a request whose deadline has passed. */
    public OpenRequest expire(OpenRequest request) {
        String message = "deadline " + request.getDeadline() + " passed before all samples were made";
        return ended(request, RequestStatus.EXPIRED, new Refusal(EXPIRED_CODE, message));
    }

    /** The first reason to end stays. */
    private static OpenRequest ended(OpenRequest request, RequestStatus status, Refusal reason) {
        if (request.getEnding() != null) {
            return request;
        }
        return OpenRequest.newBuilder(request)
                .setEnding(status.name())
                .setCode(reason.code())
                .setMessage(reason.message())
                .build();
    }

    /** Whether nothing more will happen to a request. */
    public boolean over(OpenRequest request) {
        return !inFlight(request) && !unreleased(request);
    }

    /** How a request stands, for the requester: final if it is {@link #over}, else ACCEPTED. */
    public RequestOutcome outcome(OpenRequest request, Instant now) {
        RequestStatus status = over(request) ? finalStatus(request) : RequestStatus.ACCEPTED;
        boolean shortfall = status != RequestStatus.ACCEPTED && status != RequestStatus.COMPLETED;
        return RequestOutcome.newBuilder()
                .setRequest(request.getId())
                .setStatus(status)
                .setModel(request.getModel())
                .setVersion(request.getVersion())
                .setSeed(request.getSeed())
                .setRequested(request.getCount())
                .setDelivered(request.getDelivered())
                .setCode(shortfall ? request.getCode() : null)
                .setMessage(shortfall ? request.getMessage() : null)
                .setAt(now)
                .build();
    }

    /** All was delivered, whatever came too late to prevent it: that is what the requester asked for. */
    private static RequestStatus finalStatus(OpenRequest request) {
        boolean complete = request.getDelivered() == request.getCount();
        return complete ? RequestStatus.COMPLETED : RequestStatus.valueOf(request.getEnding());
    }
}
