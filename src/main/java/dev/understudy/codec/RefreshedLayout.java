package dev.understudy.codec;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A layout and what it was made of. Immutable.
 *
 * @param former the layout before
 * @param layout the layout now: of the same fields in the same order, some of them learned anew
 * @param problems why fields that were to be learned anew kept their form
 */
public record RefreshedLayout(RecordLayout former, RecordLayout layout, List<FieldProblem> problems) {

    /** Names of the fields that have another form now. */
    public List<String> relearned() {
        return IntStream.range(0, layout.fields().size())
                .filter(this::isRelearned)
                .mapToObj(i -> layout.fields().get(i).source().name())
                .toList();
    }

    @SuppressWarnings("ReferenceEquality") // a field that was not learned anew is the very same
    private boolean isRelearned(int field) {
        return former.fields().get(field) != layout.fields().get(field);
    }

    /**
     * For each float of a row the float of a row before that says the same, -1 if there is none: the class of the same value,
     * the score of the same number, the same place of an image.
     *
     * @return {@code [layout.shape().width()]}
     */
    public int[] origins() {
        int[] origins = new int[layout.shape().width()];
        Arrays.fill(origins, -1);
        for (int field = 0; field < layout.fields().size(); field++) {
            int[] own = isRelearned(field) ? matches(field) : identity(field);
            for (int i = 0; i < own.length; i++) {
                origins[place(layout, field, i)] = own[i] < 0 ? -1 : place(former, field, own[i]);
            }
        }
        return origins;
    }

    private int[] identity(int field) {
        LearnedField kept = layout.fields().get(field);
        return IntStream.range(0, kept.choices() + kept.width()).toArray();
    }

    private int[] matches(int field) {
        List<LearnedField.Meaning> before = former.fields().get(field).meanings();
        Map<LearnedField.Meaning, Integer> places = new HashMap<>();
        IntStream.range(0, before.size()).forEach(i -> places.put(before.get(i), i));
        return layout.fields().get(field).meanings().stream()
                .mapToInt(meaning -> places.getOrDefault(meaning, -1))
                .toArray();
    }

    /** Where a float of a field lies in a row. */
    private static int place(RecordLayout layout, int field, int index) {
        Place place = layout.places().get(field);
        int choices = layout.fields().get(field).choices();
        return index < choices ? place.choiceAt() + index : place.valueAt() + index - choices;
    }
}
