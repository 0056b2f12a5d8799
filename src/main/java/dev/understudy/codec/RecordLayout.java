package dev.understudy.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;

/** How the records of one schema become rows: learned from real ones, saved with the model, immutable. */
public final class RecordLayout {
    private final Schema schema;
    private final List<LearnedField> fields;
    private final List<Place> places;
    private final RowShape shape;

    /**
     * @param fields the learned ones, in the order in which they lie in a row
     */
    RecordLayout(Schema schema, List<LearnedField> fields) {
        this.schema = schema;
        this.fields = List.copyOf(fields);
        this.places = Place.of(this.fields);
        this.shape = shape(this.fields, places);
    }

    private static RowShape shape(List<LearnedField> fields, List<Place> places) {
        List<Float> frequencies = new ArrayList<>();
        for (LearnedField field : fields) {
            for (LearnedField.Part part : field.parts()) {
                for (float share : part.frequencies()) {
                    frequencies.add(share);
                }
            }
        }
        int width = frequencies.size()
                + fields.stream().mapToInt(LearnedField::width).sum();
        List<Span> spans =
                places.stream().flatMap(place -> place.spans().stream()).toList();
        return new RowShape(spans, frequencies.size(), Place.scalars(fields), width, frequencies);
    }

    /** The schema whose records it lays out. */
    public Schema schema() {
        return schema;
    }

    /** The row, as data for the networks. */
    public RowShape shape() {
        return shape;
    }

    /**
     * What the records differ in: learned fields by dotted path, in the order of the schema, each with the hint under which it
     * was learned. A kind that was left to the layout is the one that it chose. Twins are left out, as they differ where their
     * originals do.
     */
    public Map<String, Hint> varying() {
        Map<String, Hint> varying = new LinkedHashMap<>();
        fields.stream()
                .filter(field -> !(field instanceof ConstantField || field instanceof TwinField))
                .forEach(field -> varying.put(field.source().name(), field.learnedAs()));
        return varying;
    }

    /** Learned fields, constant ones and twins too: in the order of the schema they were learned in, then those that were added to it. */
    List<LearnedField> fields() {
        return fields;
    }

    /** For each of {@link #fields} where it lies. */
    List<Place> places() {
        return places;
    }

    /**
     * The spans of each learned field by its dotted name, in the order of the schema: none of a constant field or a twin,
     * which take no part of a row, several of a timestamp that is laid out in parts, else one.
     */
    public Map<String, List<Span>> spansByField() {
        Map<String, List<Span>> spans = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            spans.put(fields.get(i).source().name(), places.get(i).spans());
        }
        return Collections.unmodifiableMap(spans);
    }

    /** What each learned field is like in records as those that it was learned from, constant fields and twins included. */
    public List<Baseline> baselines() {
        return IntStream.range(0, fields.size())
                .mapToObj(i -> Baseline.of(fields.get(i), places.get(i)))
                .toList();
    }

    /**
     * The same rows for the records of a schema that has grown out of this one: each learned field is there, with its type or
     * a wider number. New fields take no part of a row until they vary; samples have their defaults.
     *
     * @param hints of the new fields
     */
    public RecordLayout onto(Schema newer, Map<String, Hint> hints) {
        return LayoutJson.onto(this, newer, hints);
    }

    /** The layout as JSON, readable by {@link #fromJson}. */
    public String toJson() {
        return LayoutJson.write(this);
    }

    /**
     * Reads what {@link #toJson} wrote, of this version or an earlier one.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static RecordLayout fromJson(String json) {
        return LayoutJson.read(json);
    }
}
