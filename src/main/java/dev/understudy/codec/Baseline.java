package dev.understudy.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * What a field is like in records as those that it was learned from.
 *
 * @param field its name, nested ones by dotted path
 * @param unknown share of them whose value the layout may not know, because it folds rare ones together, 0 to 1
 * @param scores its scalars, each standard normal over them where it is live
 */
public record Baseline(String field, double unknown, List<Scores> scores) {

    public Baseline {
        scores = List.copyOf(scores);
    }

    /**
     * A scalar.
     *
     * @param span that it is the value of
     * @param sample how many numbers it was learned from, as far as they were counted
     */
    public record Scores(Span span, long sample) {

        /** Whether it is live in a row. */
        public boolean isLive(float[] row) {
            return span.choices() == 0 || row[span.choiceOffset() + span.choices() - 1] == 1;
        }

        /** Where it is in a row among those that it was learned from, 0 to 1: uniform over records as those. */
        public double rank(float[] row) {
            return Normal.share(row[span.valueOffset()]);
        }
    }

    static Baseline of(LearnedField field, Place place) {
        List<LearnedField.Part> parts = field.parts().stream()
                .filter(part -> part.frequencies().length + part.value().width() > 0)
                .toList();
        List<Scores> scores = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).value() instanceof Span.Scalar) {
                scores.add(new Scores(place.spans().get(i), parts.get(i).sample()));
            }
        }
        return new Baseline(field.source().name(), field.strangers(), scores);
    }
}
