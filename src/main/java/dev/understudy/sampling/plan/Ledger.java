package dev.understudy.sampling.plan;

import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import dev.understudy.wire.internal.BatchResult;
import dev.understudy.wire.internal.OpenRequest;
import dev.understudy.wire.internal.SettledBatch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
     * Whether a result is of samples that were released and have not come back. Others are to be ignored: without exactly once,
     * results may come again, and whoever may write to the topic of noise can cause some.
     */
    public boolean expects(OpenRequest request, BatchResult result) {
        long first = result.getFirstIndex();
        return first >= request.getFloor()
                && result.getSamples() >= 1
                && result.getSamples() <= request.getReleased() - first
                && result.getDelivered() >= 0
                && result.getDelivered() <= result.getSamples()
                && request.getEarly().stream().noneMatch(batch -> batch.getFirstIndex() == first);
    }

    /** Takes into account what became of a batch that it {@link #expects}; one that fell short ends the request. */
    public OpenRequest settle(OpenRequest request, BatchResult result) {
        OpenRequest settled = moved(OpenRequest.newBuilder(request), request, result)
                .setSettled(request.getSettled() + result.getSamples())
                .setDelivered(request.getDelivered() + result.getDelivered())
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

    /** Raises the floor over all that is settled without a gap, and keeps in mind what is settled above. */
    private static OpenRequest.Builder moved(OpenRequest.Builder moved, OpenRequest request, BatchResult result) {
        Map<Long, SettledBatch> early = new TreeMap<>();
        request.getEarly().forEach(batch -> early.put(batch.getFirstIndex(), batch));
        early.put(result.getFirstIndex(), new SettledBatch(result.getFirstIndex(), result.getSamples()));
        long floor = request.getFloor();
        for (SettledBatch next = early.remove(floor); next != null; next = early.remove(floor)) {
            floor += next.getSamples();
        }
        return moved.setFloor(floor).setEarly(List.copyOf(early.values()));
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
