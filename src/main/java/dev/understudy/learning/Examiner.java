package dev.understudy.learning;

import dev.understudy.codec.RecordCodec;
import dev.understudy.codec.RowShape;
import dev.understudy.learning.evaluate.Comparison;
import dev.understudy.learning.evaluate.Exam;
import dev.understudy.learning.evaluate.Gate;
import dev.understudy.learning.evaluate.Verdict;
import dev.understudy.learning.replay.Memory;
import dev.understudy.learning.train.RecordRows;
import dev.understudy.model.LoadedModel;
import dev.understudy.noise.Noise;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets candidate and live model sit the same exam: the newest held-out records, the same noise for both. Samples go through
 * the codec to a record and back, so that they are judged as what a reader would get.
 */
final class Examiner {
    private static final int MOST_HELD_OUT = 1_000;
    private static final int LEAST_HELD_OUT = 8;

    /** More training than held-out rows, so that a copy has its original among them. */
    private static final int TRAINING_PER_HELD_OUT = 4;

    /** Bounds the rows of an exam whatever the size of an image: 32 MiB for the held-out ones. */
    private static final int MOST_FLOATS = 8 << 20;

    private final RecordRows rows;
    private final RecordCodec codec;
    private final long seed;

    /**
     * @param codec of the candidates
     * @param seed of embedding and noise
     */
    Examiner(RecordCodec codec, long seed) {
        this.codec = codec;
        this.rows = new RecordRows(codec);
        this.seed = seed;
    }

    /**
     * What came out.
     *
     * @param scores by name, empty if there was nothing to measure
     * @param distance the candidate's kernel distance, infinite if there is none
     * @param error its standard error
     */
    record Result(Verdict verdict, Map<String, Double> scores, double distance, double error) {

        private static Result unmeasured(Verdict verdict) {
            return new Result(verdict, Map.of(), Double.POSITIVE_INFINITY, 0);
        }

        private static Result of(Verdict verdict, Comparison comparison) {
            Map<String, Double> scores = comparison.scores();
            return new Result(verdict, scores, scores.get("kernelDistance"), scores.get("kernelDistanceError"));
        }
    }

    /**
     * Examines a candidate.
     *
     * @param round number of the round: each has noise of its own, so that no candidate can profit from lucky noise
     */
    Result examine(Memory memory, LoadedModel candidate, Optional<LoadedModel> live, long round) {
        List<byte[]> heldOut = memory.holdout().newest(Math.min(MOST_HELD_OUT, MOST_FLOATS / shape().width()));
        if (heldOut.size() < LEAST_HELD_OUT) {
            return Result.unmeasured(new Verdict.Hold("Only " + heldOut.size() + " held-out records to measure on, "
                    + LEAST_HELD_OUT + " are the least."));
        }
        Exam exam = exam(memory, heldOut, round);
        return exam.take(samples(candidate, exam.questions(), round))
                .map(taken -> Result.of(verdict(exam, taken, live, round), taken))
                .orElseGet(() -> Result.unmeasured(Gate.notFinite()));
    }

    private Exam exam(Memory memory, List<byte[]> heldOut, long round) {
        int training = Math.min(memory.replay().size(), TRAINING_PER_HELD_OUT * heldOut.size());
        return new Exam(
                shape(),
                seed,
                rows.encode(heldOut, Noise.draws(seed, round)),
                rows.encode(memory.replay().draw(-1 - round, training), Noise.draws(seed, -1 - round)));
    }

    private Verdict verdict(Exam exam, Comparison candidate, Optional<LoadedModel> live, long round) {
        return live.flatMap(model -> exam.take(samples(model, exam.questions(), round)))
                .map(incumbent -> Gate.replacement(candidate, incumbent))
                .orElseGet(() -> Gate.first(candidate, exam.noise(seed)));
    }

    private float[] samples(LoadedModel model, int count, long round) {
        int noiseWidth = model.generator().noiseWidth();
        int latent = model.generator().latent();
        RowShape made = model.generator().shape();
        float[] noise = new float[count * noiseWidth];
        for (int i = 0; i < count; i++) {
            Noise.fill(
                    seed, round * MOST_HELD_OUT + i, Double.POSITIVE_INFINITY, latent, noiseWidth - latent, noise, i);
        }
        float[] samples = model.generator()
                .generate(noise, new float[count * made.width()], new float[count * made.fields()], count);
        return throughRecords(model.codec(), samples, count, round);
    }

    /** A row with a NaN has no record: it is left as it is, for the gate to see. */
    private float[] throughRecords(RecordCodec maker, float[] samples, int count, long round) {
        float[] reread = new float[count * shape().width()];
        int width = maker.shape().width();
        var draws = Noise.draws(seed + 1, round);
        for (int row = 0; row < count; row++) {
            if (isFinite(samples, row * width, width)) {
                codec.encode(maker.decode(samples, row), draws, reread, row);
            } else {
                reread[row * shape().width()] = Float.NaN;
            }
        }
        return reread;
    }

    private static boolean isFinite(float[] values, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (!Float.isFinite(values[i])) {
                return false;
            }
        }
        return true;
    }

    private RowShape shape() {
        return codec.shape();
    }
}
