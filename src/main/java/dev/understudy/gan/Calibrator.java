package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import dev.understudy.noise.Noise;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Bends the marginals of a trained generator until they agree with those of real rows, without gradients. The odds of each choice
 * move by the log ratio of its real share to its mean probability, which is known without drawing, until both agree. Then sample,
 * compare, correct, again: each scalar goes through a monotone map from its own quantiles to the real ones; so does the level of a
 * series along the axes in which it differs most.
 *
 * <p>Only marginals move: how fields go together is what was learned, seen through the maps.
 */
final class Calibrator {

    /** Rows of each sweep: few while the way is long, many where noise is what is left. */
    private static final int[] SWEEPS = {2_048, 8_192, 32_768};

    /** Rows over which a probability is averaged. */
    private static final int ROWS_OF_ODDS = 16_384;

    private static final int MOST_CORRECTIONS = 200;

    /** Where correcting ends: the largest log ratio that is left. */
    private static final double CLOSE = 0.002;

    private static final int BATCH = 512;

    private static final int QUANTILES = 200;
    private static final int LEAST_VALUES = 30;

    private final RowShape shape;
    private final Networks networks;
    private final Map<String, Integer> offsets = new TreeMap<>();
    private final Device device;
    private final float[] weights;

    /**
     * @param weights of the networks' server
     */
    Calibrator(RowShape shape, Networks networks, float[] weights, Device device) {
        this.shape = shape;
        this.networks = networks;
        this.device = device;
        this.weights = weights.clone();
        int offset = 0;
        for (Parameter parameter : networks.server().parameters()) {
            offsets.put(parameter.name(), offset);
            offset += parameter.size();
        }
    }

    /**
     * The weights, calibrated.
     *
     * @param real rows {@code [any, width]}
     * @param seed of the rows that are made to compare with
     */
    float[] fit(float[] real, long seed) {
        var network = networks.marginals();
        boolean whole = network.size() == weights.length;
        int width = whole ? shape.width() : shape.choices() + shape.scalars();
        var levels = shape.separate().stream()
                .filter(span -> whole && span.value() instanceof Span.Series)
                .map(span -> new SeriesLevel(span, real, shape.width()))
                .toList();
        if (width == 0 || real.length < LEAST_VALUES * shape.width()) {
            return weights;
        }
        choices(real, seed, place -> true);
        levels.forEach(level -> level.write(this));
        try (var program = new Program(device, network.source())) {
            long first = 0;
            for (int count : SWEEPS) {
                float[] made = sample(program, network.size(), seed, first, count, width);
                first += count;
                for (int i = 0; i < shape.scalars(); i++) {
                    scalar(i, new Sample(real, shape.width()), new Sample(made, width));
                }
                levels.forEach(level -> level.bend(this, made));
            }
        }
        return weights;
    }

    /**
     * The weights, the odds of some classes alone calibrated: those of the others to each other stay.
     *
     * @param real rows {@code [any, width]}; none moves nothing
     * @param seed of the rows that are made to compare with
     * @param classes whether the class at a place of the row may move
     */
    float[] fitChoices(float[] real, long seed, IntPredicate classes) {
        if (IntStream.range(0, shape.choices()).anyMatch(classes)) {
            choices(real, seed, classes);
        }
        return weights;
    }

    /** Rows that agree in their first floats, whatever comes after these. */
    private record Sample(float[] rows, int width) {
        int count() {
            return rows.length / width;
        }
    }

    private float[] sample(Program program, int used, long seed, long first, int count, int width) {
        var array = program.array(Arrays.copyOf(weights, used));
        float[] made = new float[count * width];
        float[] noise = new float[BATCH * networks.noiseWidth()];
        float[] nothing = new float[BATCH * networks.givenWidth()];
        Arrays.fill(nothing, Float.NaN);
        var given = Program.Input.of(nothing, BATCH);
        var mask = Program.Input.of(new float[BATCH * shape.fields()], BATCH);
        for (int from = 0; from < count; from += BATCH) {
            for (int row = 0; row < BATCH; row++) {
                Noise.fill(
                        seed,
                        first + from + row,
                        Double.POSITIVE_INFINITY,
                        networks.latent(),
                        networks.gumbels(),
                        noise,
                        row);
            }
            float[] rows = program.run("generator", array, Program.Input.of(noise, BATCH), given, mask);
            System.arraycopy(rows, 0, made, from * width, rows.length);
        }
        return made;
    }

    /** What is drawn of one choice does not move the odds of another, so each is corrected by itself. */
    private void choices(float[] rows, long seed, IntPredicate classes) {
        if (shape.choices() == 0) {
            return;
        }
        var real = new Sample(rows, shape.width());
        float[] odds = odds(seed);
        int bias = offsets.get(DenseFields.OUT + ".bias");
        double[] counts = counts(real);
        for (Span span : shape.spans()) {
            int first = span.choiceOffset();
            double[] moves = moves(span, odds, counts, real.count(), choice -> classes.test(first + choice));
            for (int i = 0; i < moves.length; i++) {
                weights[bias + first + i] += (float) moves[i];
            }
        }
    }

    private float[] odds(long seed) {
        var network = networks.odds();
        try (var program = new Program(device, network.source())) {
            return sample(program, network.size(), seed, 0, ROWS_OF_ODDS, shape.choices());
        }
    }

    /** How the log odds of a choice have to move. */
    private double[] moves(Span span, float[] odds, double[] counts, int count, IntPredicate classes) {
        int[] moved = IntStream.range(0, span.choices()).filter(classes).toArray();
        double[] moves = new double[span.choices()];
        double left = Double.POSITIVE_INFINITY;
        for (int i = 0; i < MOST_CORRECTIONS && left > CLOSE; i++) {
            double[] shares = shares(span, odds, moves);
            left = 0;
            for (int choice : moved) {
                double wanted = counts[span.choiceOffset() + choice] + 1;
                double correction = Math.log(wanted / (shares[choice] * count + 1));
                moves[choice] += correction;
                left = Math.max(left, Math.abs(correction));
            }
        }
        return moves;
    }

    /** Mean probability of each class. */
    private double[] shares(Span span, float[] odds, double[] moves) {
        double[] shares = new double[moves.length];
        double[] row = new double[moves.length];
        for (int start = span.choiceOffset(); start < odds.length; start += shape.choices()) {
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < row.length; i++) {
                row[i] = odds[start + i] + moves[i];
                most = Math.max(most, row[i]);
            }
            double sum = 0;
            for (int i = 0; i < row.length; i++) {
                row[i] = Math.exp(row[i] - most);
                sum += row[i];
            }
            for (int i = 0; i < row.length; i++) {
                shares[i] += row[i] / sum / ROWS_OF_ODDS;
            }
        }
        return shares;
    }

    private double[] counts(Sample sample) {
        double[] counts = new double[shape.choices()];
        for (int start = 0; start < sample.rows().length; start += sample.width()) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] += sample.rows()[start + i];
            }
        }
        return counts;
    }

    private void scalar(int index, Sample real, Sample made) {
        int column = shape.choices() + index;
        var span = shape.spans().stream()
                .filter(s -> s.value() instanceof Span.Scalar && s.valueOffset() == column)
                .findFirst()
                .orElseThrow();
        bend(offsets.get(Calibration.SCALARS) + index * Calibration.KNOTS, live(span, made), live(span, real));
    }

    /** The live values of a span, ascending. */
    private static double[] live(Span span, Sample sample) {
        int gate = span.choiceOffset() + span.choices() - 1;
        return IntStream.range(0, sample.count())
                .map(row -> row * sample.width())
                .filter(start -> !span.gated() || sample.rows()[start + gate] > 0.5)
                .mapToDouble(start -> sample.rows()[start + span.valueOffset()])
                .sorted()
                .toArray();
    }

    /** Follows a map by the one from the quantiles of what was made to those of what is real; both ascending. */
    void bend(int map, double[] made, double[] real) {
        if (made.length < LEAST_VALUES || real.length < LEAST_VALUES) {
            return;
        }
        double[] from = new double[QUANTILES + 2];
        double[] to = new double[QUANTILES + 2];
        int used = 1;
        for (int i = 0; i < QUANTILES; i++) {
            double share = 0.0025 + 0.995 * i / (QUANTILES - 1);
            double quantile = quantile(made, share);
            if (used == 1 || quantile > from[used - 1] + 1e-6) {
                from[used] = quantile;
                to[used++] = quantile(real, share);
            }
        }
        // Beyond the outermost quantiles, half as steep.
        from[0] = from[1] - 3;
        to[0] = to[1] - 1.5;
        from[used] = from[used - 1] + 3;
        to[used] = to[used - 1] + 1.5;
        for (int i = 0; i < Calibration.KNOTS; i++) {
            weights[map + i] = (float) interpolate(weights[map + i], from, to, used + 1);
        }
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int low = (int) place;
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
    }

    private static double interpolate(double x, double[] from, double[] to, int count) {
        int at = Arrays.binarySearch(from, 0, count, x);
        int above = Math.max(1, Math.min(count - 1, at >= 0 ? at : -at - 1));
        double share = (x - from[above - 1]) / (from[above] - from[above - 1]);
        return to[above - 1] + Math.max(0, Math.min(1, share)) * (to[above] - to[above - 1]);
    }

    /** Writes a parameter. */
    void put(String name, float[] numbers) {
        System.arraycopy(numbers, 0, weights, offsets.get(name), numbers.length);
    }

    /** Where a parameter begins. */
    int offset(String name) {
        return offsets.get(name);
    }
}
