package dev.understudy.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** How the records of one schema become rows: learned once, saved with the model, immutable. */
public final class RecordLayout {
    private final Schema schema;
    private final List<LearnedField> fields;
    private final List<Span> spans;
    private final RowShape shape;

    /**
     * @param fields the learned ones, in the order of the schema
     */
    RecordLayout(Schema schema, List<LearnedField> fields) {
        this.schema = schema;
        this.fields = List.copyOf(fields);
        this.spans = spans(this.fields);
        this.shape = shape(this.fields, spans);
    }

    private static List<Span> spans(List<LearnedField> fields) {
        int choiceAt = 0;
        int scalarAt =
                fields.stream().mapToInt(field -> field.frequencies().length).sum();
        int separateAt =
                scalarAt + (int) fields.stream().filter(RecordLayout::scalar).count();
        List<Span> spans = new ArrayList<>();
        for (LearnedField field : fields) {
            int choices = field.frequencies().length;
            int valueAt = scalar(field) ? scalarAt++ : field.value().width() == 0 ? 0 : separateAt;
            separateAt += scalar(field) ? 0 : field.value().width();
            spans.add(new Span(field.source().name(), choices == 0 ? 0 : choiceAt, choices, valueAt, field.value()));
            choiceAt += choices;
        }
        return List.copyOf(spans);
    }

    private static boolean scalar(LearnedField field) {
        return field.value() instanceof Span.Scalar;
    }

    private static RowShape shape(List<LearnedField> fields, List<Span> spans) {
        List<Float> frequencies = new ArrayList<>();
        for (LearnedField field : fields) {
            for (float share : field.frequencies()) {
                frequencies.add(share);
            }
        }
        int scalars = (int) fields.stream().filter(RecordLayout::scalar).count();
        int width = frequencies.size()
                + fields.stream().mapToInt(field -> field.value().width()).sum();
        List<Span> learned = spans.stream().filter(RecordLayout::takesPart).toList();
        return new RowShape(learned, frequencies.size(), scalars, width, frequencies);
    }

    static boolean takesPart(Span span) {
        return span.choices() > 0 || span.value().width() > 0;
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
     * was learned. A kind that was left to the layout is the one that it chose.
     */
    public Map<String, Hint> varying() {
        Map<String, Hint> varying = new LinkedHashMap<>();
        fields.stream()
                .filter(field -> !(field instanceof ConstantField))
                .forEach(field -> varying.put(field.source().name(), field.learnedAs()));
        return varying;
    }

    /** Learned fields, constant ones too, in the order of the schema. */
    List<LearnedField> fields() {
        return fields;
    }

    /** For each of {@link #fields} where it lies; a constant one takes no part of a row and is not in the shape. */
    List<Span> spans() {
        return spans;
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
