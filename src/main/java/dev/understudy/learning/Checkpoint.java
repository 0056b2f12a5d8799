package dev.understudy.learning;

import dev.understudy.codec.RecordLayout;
import dev.understudy.gan.Trainer;
import dev.understudy.learning.replay.Memory;
import dev.understudy.learning.train.Pace;

/**
 * All that a learner is, as it can be saved and restored: whoever goes on from it takes the same next step.
 *
 * <p><em>Ownership</em>: whoever restored it closes the trainer.
 *
 * @param layout how records become rows
 * @param trainer networks, weight average, optimizer and schedule
 * @param memory replay and holdout
 * @param progress consumed offsets and counters
 * @param pace whether it matures, follows or rests
 */
record Checkpoint(RecordLayout layout, Trainer trainer, Memory memory, Progress progress, Pace pace) {}
