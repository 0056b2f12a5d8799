package dev.understudy.sampling.plan;

/**
 * What a request may cost.
 *
 * @param maxCount most samples in one request
 * @param maxOpenRequests most requests under way at once in one partition
 * @param batchSize samples in a full batch
 * @param window how far what is released of a request that is alone may reach beyond its first sample not settled, at least
 *     a batch; several share it
 * @param tenantQuota samples of a tenant that may be in flight at once in one partition, at least a batch
 */
public record Limits(long maxCount, int maxOpenRequests, int batchSize, int window, int tenantQuota) {
    /** What open requests of one partition may have given, together: each of them is kept, and so is what is given. */
    static final long MOST_OPEN_GIVEN_BYTES = 67_108_864;

    public Limits {
        require(maxCount >= 1, "maxCount", maxCount);
        require(maxCount / Math.max(1, batchSize) < Integer.MAX_VALUE, "maxCount", maxCount);
        require(maxOpenRequests >= 1, "maxOpenRequests", maxOpenRequests);
        require(batchSize >= 1 && batchSize <= 65_536, "batchSize", batchSize);
        require(window >= batchSize, "window", window);
        require(tenantQuota >= batchSize, "tenantQuota", tenantQuota);
    }

    private static void require(boolean fits, String name, long value) {
        if (!fits) {
            throw new IllegalArgumentException(name + " is out of range: " + value);
        }
    }
}
