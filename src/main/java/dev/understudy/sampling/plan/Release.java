package dev.understudy.sampling.plan;

import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.internal.OpenRequest;
import java.util.List;

/**
 * Batches that may go out now.
 *
 * @param request as it stands once they have
 * @param batches in order; empty if the window is full or all is out
 */
public record Release(OpenRequest request, List<NoiseBatch> batches) {

    public Release {
        batches = List.copyOf(batches);
    }
}
