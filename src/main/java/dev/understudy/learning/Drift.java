package dev.understudy.learning;

import dev.understudy.codec.Baseline;
import dev.understudy.codec.RecordLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far records are from those that a layout was learned from, field by field: the share of values that it does not know, and
 * the distance of scores from the standard normal that they were (Kolmogorov and Smirnov's, at the borders of {@value #BINS}
 * bins of equal probability, so never above the true one).
 *
 * <p>A field has drifted when one of them is further than chance and indifference explain. With {@code n} numbers learned from and
 * {@code m} seen since, both of one distribution, their distance exceeds {@code sqrt(ln(2 / level) / 2 (1 / n + 1 / m))} with a
 * probability of at most {@code level}; at a level of 1e-9 a thousand scalars are watched over a million windows for one false
 * alarm. What is less than .05 is left to the networks. Unknown values must be twenty, and half a percent of the records, beyond
 * what the layout folds together and beyond what chance explains: of numbers, the share outside the range of {@code n} has a beta
 * distribution with 2 and {@code n - 1}, and exceeds {@code 24.5 / n} at that level. Classes that are rare and were not seen for
 * that are no chance: where they come to half a percent the layout should know them, whether or not they are new.
 *
 * <p><em>Source</em>: Massart 1990, "The tight constant in the Dvoretzky-Kiefer-Wolfowitz inequality"; for two samples Wei and
 * Dudley 2012, arXiv 1107.5356.
 *
 * <p><em>Thread safety</em>: one owner. Bounded by the fields of the layout.
 */
final class Drift {
    private static final int BINS = 32;
    private static final double LEVEL = 1e-9;

    /** Standard deviations that chance exceeds at that level. */
    private static final double DEVIATIONS = 6.1;

    /** Numbers beyond the range of a sample that chance exceeds at that level, over the size of the sample. */
    private static final double BEYOND = 24.5;

    private static final double LEAST_DISTANCE = 0.05;
    private static final double LEAST_SHARE = 0.005;
    private static final int LEAST_UNKNOWN = 20;

    private final Map<String, Field> fields = new LinkedHashMap<>();
    private long records;

    Drift(RecordLayout layout) {
        layout.baselines().forEach(baseline -> fields.put(baseline.field(), new Field(baseline)));
    }

    /**
     * A field that has drifted.
     *
     * @param unknown share of its values that the layout does not know, 0 if it is no larger than it was
     * @param scores largest distance of a score of it, 0 if it is within chance
     */
    record Moved(String field, double unknown, double scores) {

        /** The field and how it drifted, without values. */
        String text() {
            List<String> ways = new ArrayList<>();
            if (unknown > 0) {
                ways.add(String.format(Locale.ROOT, "%.1f %% unknown values", 100 * unknown));
            }
            if (scores > 0) {
                ways.add("scores off by "
                        + String.format(Locale.ROOT, "%.2f", scores).substring(1));
            }
            return field + " (" + String.join(", ", ways) + ")";
        }
    }

    /**
     * Takes a record.
     *
     * @param row it became
     * @param unknown fields whose values the layout does not know
     */
    void observe(float[] row, List<String> unknown) {
        records++;
        unknown.forEach(field -> fields.get(field).unknown++);
        fields.values().forEach(field -> field.scores.forEach(scores -> scores.observe(row)));
    }

    /** Records taken. */
    long records() {
        return records;
    }

    /** By field, the larger of the share of unknown values beyond what is usual and the distance of scores, both 0 to 1. */
    Map<String, Double> distances() {
        Map<String, Double> distances = new LinkedHashMap<>();
        fields.forEach((name, field) -> distances.put(name, Math.max(field.excess(records), field.distance())));
        return distances;
    }

    /** The fields that have drifted. */
    List<Moved> moved() {
        return fields.values().stream()
                .map(field -> field.moved(records))
                .filter(moved -> moved.unknown() > 0 || moved.scores() > 0)
                .toList();
    }

    private static final class Field {
        private final Baseline baseline;
        private final List<Scores> scores;
        private long unknown;

        Field(Baseline baseline) {
            this.baseline = baseline;
            this.scores = baseline.scores().stream().map(Scores::new).toList();
        }

        double excess(long records) {
            return Math.max(0, unknown / (double) Math.max(1, records) - baseline.unknown());
        }

        double distance() {
            return scores.stream().mapToDouble(Scores::distance).max().orElse(0);
        }

        private double chance(long records) {
            double folded = DEVIATIONS * Math.sqrt(2 * baseline.unknown() * (1 - baseline.unknown()) / records);
            return scores.stream().mapToDouble(Scores::chanceBeyond).max().orElse(0) + folded;
        }

        Moved moved(long records) {
            boolean strange = unknown >= LEAST_UNKNOWN && excess(records) > LEAST_SHARE + chance(records);
            return new Moved(
                    baseline.field(),
                    strange ? unknown / (double) records : 0,
                    scores.stream()
                            .filter(Scores::isOff)
                            .mapToDouble(Scores::distance)
                            .max()
                            .orElse(0));
        }
    }

    private static final class Scores {
        private final Baseline.Scores baseline;
        private final long[] bins = new long[BINS];
        private long live;

        Scores(Baseline.Scores baseline) {
            this.baseline = baseline;
        }

        void observe(float[] row) {
            if (baseline.isLive(row)) {
                live++;
                bins[Math.min(BINS - 1, (int) (BINS * baseline.rank(row)))]++;
            }
        }

        double distance() {
            double largest = 0;
            long below = 0;
            for (int i = 0; i < BINS && live > 0; i++) {
                below += bins[i];
                largest = Math.max(largest, Math.abs(below / (double) live - (i + 1.0) / BINS));
            }
            return largest;
        }

        boolean isOff() {
            return distance() > Math.max(LEAST_DISTANCE, chance());
        }

        double chanceBeyond() {
            return BEYOND / baseline.sample();
        }

        private double chance() {
            return live == 0 ? 1 : Math.sqrt(Math.log(2 / LEVEL) / 2 * (1.0 / baseline.sample() + 1.0 / live));
        }
    }
}
