package dev.understudy.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of one learned field lie in a row: their choices side by side, and their values side by side.
 *
 * @param choiceAt index of the first choice, if there is one
 * @param valueAt index of the first value, if there is one
 * @param spans of the parts that take any of the row: none of a constant field or a twin, several of a timestamp
 */
record Place(int choiceAt, int valueAt, List<Span> spans) {

    Place {
        spans = List.copyOf(spans);
    }

    /** The places of fields that follow each other in the order of the schema. */
    static List<Place> of(List<LearnedField> fields) {
        int choiceAt = 0;
        int scalarAt = fields.stream().mapToInt(LearnedField::choices).sum();
        int separateAt = scalarAt + scalars(fields);
        List<Place> places = new ArrayList<>();
        for (LearnedField field : fields) {
            boolean separate = separate(field);
            Place place = of(field, choiceAt, separate ? separateAt : scalarAt);
            choiceAt += field.choices();
            scalarAt += separate ? 0 : field.width();
            separateAt += separate ? field.width() : 0;
            places.add(place);
        }
        return List.copyOf(places);
    }

    /** Number of scalars of all fields. */
    static int scalars(List<LearnedField> fields) {
        return fields.stream()
                .filter(field -> !separate(field))
                .mapToInt(LearnedField::width)
                .sum();
    }

    private static boolean separate(LearnedField field) {
        return field.parts().stream()
                .map(LearnedField.Part::value)
                .anyMatch(value -> value.width() > 0 && !(value instanceof Span.Scalar));
    }

    private static Place of(LearnedField field, int choiceAt, int valueAt) {
        List<Span> spans = new ArrayList<>();
        int choice = choiceAt;
        int value = valueAt;
        for (LearnedField.Part part : field.parts()) {
            int choices = part.frequencies().length;
            int width = part.value().width();
            if (choices + width > 0) {
                spans.add(new Span(
                        part.name(), choices == 0 ? 0 : choice, choices, width == 0 ? 0 : value, part.value()));
            }
            choice += choices;
            value += width;
        }
        return new Place(choiceAt, valueAt, spans);
    }
}
