package dev.understudy.sampling.plan;

import dev.understudy.wire.internal.OpenRequest;

/** How open requests stand, by id. */
public interface Accounts {

    /** How an open request stands. */
    OpenRequest get(String id);

    /** Notes how an open request stands now. */
    void put(OpenRequest request);
}
