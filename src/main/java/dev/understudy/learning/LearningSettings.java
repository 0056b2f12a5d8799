package dev.understudy.learning;

import dev.understudy.gan.Device;
import java.time.Duration;

/**
 * How to learn, where the definition of a model leaves it open.
 *
 * @param device on which networks are trained and measured
 * @param threads that compute; each works for one model at a time
 * @param coresPerModel threads that share each of a model's steps. Another number rounds sums differently: a resumed model goes
 *     on bit for bit with the same number
 * @param replayBytes memory for records to train on, per model
 * @param roundSteps training steps between two looks at the scores
 * @param checkpointInterval least time between two checkpoints of a model: what a crash costs
 * @param keepVersions promoted versions whose weights are kept
 * @param warmUpRecords records from which the layout is learned
 * @param leastRecords records from which it is learned if no more come for {@code quiet}
 * @param quiet how long a topic must be silent to count as quiet
 */
public record LearningSettings(
        Device device,
        int threads,
        int coresPerModel,
        long replayBytes,
        int roundSteps,
        Duration checkpointInterval,
        int keepVersions,
        int warmUpRecords,
        int leastRecords,
        Duration quiet) {

    private static final int MOST_CORES = 64;

    public LearningSettings {
        atLeast("threads", threads, 1);
        atLeast("coresPerModel", coresPerModel, 1);
        atMost("coresPerModel", coresPerModel, MOST_CORES);
        atLeast("replayBytes", replayBytes, 1 << 20);
        atLeast("roundSteps", roundSteps, 1);
        atLeast("keepVersions", keepVersions, 1);
        atLeast("leastRecords", leastRecords, 50);
        atLeast("warmUpRecords", warmUpRecords, leastRecords);
    }

    private static void atMost(String name, long value, long most) {
        if (value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", " + most + " is the most");
        }
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", " + least + " is the least");
        }
    }
}
