package dev.understudy.learning;

import dev.understudy.gan.Trainer;
import dev.understudy.learning.replay.Memory;
import dev.understudy.learning.train.RecordRows;
import dev.understudy.noise.Noise;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows a trainer records that it learned from and records held out, so that it can tell whether its critic memorises. What is
 * shown follows from seed, step and memory alone.
 *
 * <p><em>Thread safety</em>: one owner.
 */
final class Overfitting {
    /** With fewer held out, chance moves what is measured by more than .1. */
    private static final int LEAST = 50;

    private static final int MOST = 500;

    /** Bounds each side: 16 MiB. */
    private static final int MOST_FLOATS = 4 << 20;

    private final RecordRows rows;
    private final long seed;

    Overfitting(RecordRows rows, long seed) {
        this.rows = rows;
        this.seed = seed;
    }

    /** Looks once; nothing if the trainer has no images to move, or too few records are held out. */
    Optional<Map<String, Double>> look(Trainer trainer, Memory memory) {
        int count = Math.min(MOST, MOST_FLOATS / rows.shape().width());
        List<byte[]> unseen = memory.holdout().newest(count);
        if (!trainer.augments() || unseen.size() < LEAST) {
            return Optional.empty();
        }
        // Apart from the draws of any step.
        long index = -1 - trainer.steps();
        float[] seenRows = rows.encode(memory.replay().draw(index, count), Noise.draws(~seed, index));
        float[] unseenRows = rows.encode(unseen, Noise.draws(seed, index));
        double overfitting = trainer.compare(seenRows, unseenRows);
        return Optional.of(Map.of("overfitting", overfitting, "augmentation", (double) trainer.augmentation()));
    }
}
