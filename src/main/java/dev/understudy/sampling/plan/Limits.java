package dev.understudy.sampling.plan;

/**
 * What a request may cost.
 *
 * @param maxCount most samples in one request
 * @param maxOpenRequests most requests under way at once in one partition
 * @param batchSize samples in a full batch
 * @param window samples of one request that may be released and not back yet, at least a batch
 */
public record Limits(long maxCount, int maxOpenRequests, int batchSize, int window) {

    public Limits {
        require(maxCount >= 1, "maxCount", maxCount);
        require(maxCount / Math.max(1, batchSize) < Integer.MAX_VALUE, "maxCount", maxCount);
        require(maxOpenRequests >= 1, "maxOpenRequests", maxOpenRequests);
        require(batchSize >= 1 && batchSize <= 65_536, "batchSize", batchSize);
        require(window >= batchSize, "window", window);
    }

    private static void require(boolean fits, String name, long value) {
        if (!fits) {
            throw new IllegalArgumentException(name + " is out of range: " + value);
        }
    }
}
