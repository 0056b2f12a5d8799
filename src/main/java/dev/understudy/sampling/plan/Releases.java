package dev.understudy.sampling.plan;

import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.internal.OpenRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which request releases its next batch, within two bounds. The <em>quota</em>: a tenant never has more than that many
 * samples in flight. The <em>window</em>: tenants that have something left to release share it evenly, the requests of a
 * tenant by the weights of their priorities, and each has room for a batch at least. So a request that is alone has all of
 * it, and what is in flight is bounded by a few windows and a batch for each open request.
 *
 * <p>Whoever waits, waits for something that is in flight: for its own batches if its window is full, for its tenant's if the
 * quota is. So a result is always what lets it go on. As large as the number of open requests. Not thread-safe.
 */
public final class Releases {
    private final Ledger ledger;
    private final Limits limits;
    private final Map<String, Tenant> tenants = new HashMap<>();
    private int sharing;

    public Releases(Ledger ledger, Limits limits) {
        this.ledger = ledger;
        this.limits = limits;
    }

    /** Takes in a request that is open already, and what it has in flight. */
    public void restore(OpenRequest request) {
        tenant(request).add(request.getReleased() - request.getSettled());
        note(request);
    }

    /** Notes that samples of a request have come back; {@link #note} how it stands now. */
    public void settled(OpenRequest request, int samples) {
        tenant(request).add(-samples);
    }

    /** Notes how a request stands: whether it would release more. */
    public void note(OpenRequest request) {
        Tenant tenant = tenant(request);
        share(tenant, request);
        if (mayRelease(tenant, request)) {
            tenant.lineUp(request);
        } else {
            tenant.leave(request);
        }
        if (tenant.inFlight() == 0 && tenant.unreleased() == 0) {
            tenants.remove(request.getTenant());
        }
    }

    private void share(Tenant tenant, OpenRequest request) {
        int before = Math.min(1, tenant.unreleased());
        if (ledger.unreleased(request)) {
            tenant.goesOn(request);
        } else {
            tenant.goesOut(request);
        }
        sharing += Math.min(1, tenant.unreleased()) - before;
    }

    private boolean mayRelease(Tenant tenant, OpenRequest request) {
        return ledger.unreleased(request)
                && ledger.reach(request)
                        <= Math.max(
                                limits.batchSize(), limits.window() * tenant.share(request.getPriority()) / sharing);
    }

    /** Releases what a tenant's quota has room for, batch by batch in turns; in the order in which to send it. */
    public List<NoiseBatch> release(String name, Accounts accounts) {
        List<NoiseBatch> batches = new ArrayList<>();
        Tenant tenant = tenants.getOrDefault(name, new Tenant());
        for (Optional<String> next = tenant.first(); next.isPresent(); next = tenant.first()) {
            OpenRequest request = accounts.get(next.get());
            if (!mayRelease(tenant, request)) {
                tenant.leave(request);
                continue;
            }
            NoiseBatch batch = ledger.next(request);
            if (tenant.inFlight() + batch.getCount() > limits.tenantQuota()) {
                break;
            }
            tenant.release(request, batch.getCount());
            OpenRequest released = ledger.release(request, batch);
            accounts.put(released);
            note(released);
            batches.add(batch);
        }
        return batches;
    }

    /** Requests that wait for their tenant's quota. */
    public int waitingForQuota() {
        return tenants.values().stream().mapToInt(Tenant::waiting).sum();
    }

    /** Requests that wait for their window. */
    public int waitingForWindow() {
        return tenants.values().stream().mapToInt(Tenant::unreleased).sum() - waitingForQuota();
    }

    private Tenant tenant(OpenRequest request) {
        return tenants.computeIfAbsent(request.getTenant(), key -> new Tenant());
    }
}
