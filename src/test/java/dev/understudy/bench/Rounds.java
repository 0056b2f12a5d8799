package dev.understudy.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A rate and what limits it, measured in turns, as the speed of a shared machine drifts by a quarter within minutes: each is held
 * against the limit just before and just after it.
 */
final class Rounds {
    private static final int ROUNDS = 5;

    private Rounds() {}

    /** Measures something per second. */
    @FunctionalInterface
    interface Rate {
        double measure() throws Exception;
    }

    private record Round(double value, double limit) {
        double ratio() {
            return value / limit;
        }
    }

    /** A line of the round whose ratio is the median, with the ratios of all. */
    static ObjectNode line(String figure, String unit, Rate value, Rate limit) throws Exception {
        List<Round> rounds = new ArrayList<>();
        double before = limit.measure();
        for (int i = 0; i < ROUNDS; i++) {
            double rate = value.measure();
            double after = limit.measure();
            rounds.add(new Round(rate, (before + after) / 2));
            before = after;
        }
        rounds.sort(Comparator.comparingDouble(Round::ratio));
        Round median = rounds.get(ROUNDS / 2);
        ObjectNode line = BenchLines.line(figure, median.value(), median.limit(), unit);
        rounds.forEach(round -> line.withArray("ratios").add(round.ratio()));
        return line;
    }
}
