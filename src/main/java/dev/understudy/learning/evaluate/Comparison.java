package dev.understudy.learning.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Samples of one origin measured against the held-out rows.
 *
 * @param kernelDistance 0 for samples like the held-out rows, with its uncertainty
 * @param neighbours precision, recall, density, coverage
 * @param memorisation closeness to rows that were trained on
 * @param classCoverage share of the noteworthy classes that are shown
 * @param diversity mean squared distance between two samples over that between two held-out rows
 */
public record Comparison(
        Estimate kernelDistance,
        Neighbours neighbours,
        Memorisation memorisation,
        double classCoverage,
        double diversity) {

    /** Every measure there is, by name, in order. */
    public Map<String, Double> scores() {
        Map<String, Double> scores = new LinkedHashMap<>();
        Measure.ALL.forEach(measure -> scores.put(measure.name(), measure.of().applyAsDouble(this)));
        return scores;
    }
}
