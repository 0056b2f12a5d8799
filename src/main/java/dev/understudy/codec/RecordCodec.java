package dev.understudy.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.commons.rng.UniformRandomProvider;

/** Turns records into rows and back. <em>Thread safety</em>: immutable, share freely. */
public final class RecordCodec {
    private final RecordLayout layout;
    private final ExpectedSchema expected;
    private final RecordTemplate template;
    private final LearnedField[] fields;
    private final Place[] places;
    private final Dependencies dependencies;
    private final List<LearnedField> pictures;
    private final List<Span> pixels;
    private final Map<String, Integer> indices = new HashMap<>();
    private final int width;

    public RecordCodec(RecordLayout layout) {
        this.layout = layout;
        this.expected = new ExpectedSchema(layout.schema());
        this.fields = layout.fields().toArray(LearnedField[]::new);
        this.places = layout.places().toArray(Place[]::new);
        this.dependencies = new Dependencies(layout.fields());
        this.width = layout.shape().width();
        this.pictures = layout.fields().stream()
                .filter(field -> field instanceof PictureField picture && picture.ofBytes())
                .toList();
        this.pixels = pictures.stream()
                .map(field -> places[layout.fields().indexOf(field)].spans().get(0))
                .toList();
        for (int i = 0; i < fields.length; i++) {
            indices.put(fields[i].source().name(), i);
        }
        this.template = new RecordTemplate(layout.schema(), Set.copyOf(indices.keySet()));
    }

    public RecordLayout layout() {
        return layout;
    }

    /** The spans of a row whose pixels are bytes in a record. */
    public List<Span> pixels() {
        return pixels;
    }

    /** Shape of the rows. */
    public RowShape shape() {
        return layout.shape();
    }

    /**
     * Writes a record as row number {@code row} of {@code rows}, {@code [batch, width]}. Numbers go through a randomised
     * probability transform, so the same record gives another row at every draw.
     *
     * @return how many of its values the layout does not know (a category that was never seen, a null where none was, a number
     *     out of range, a timestamp before the one that it always followed, a twin that never went with its original's value):
     *     each was replaced by the nearest thing that it knows
     * @throws UnsuitableValueException if a value cannot be encoded (an image of the wrong size); the row is undefined then
     */
    public int encode(IndexedRecord record, UniformRandomProvider draws, float[] rows, int row) {
        return encode(record, draws, rows, row, field -> {});
    }

    /**
     * The same.
     *
     * @param unknown told the name of each field whose value the layout does not know
     */
    public int encode(
            IndexedRecord record, UniformRandomProvider draws, float[] rows, int row, Consumer<String> unknown) {
        expected.check(record);
        int base = base(rows, row, width);
        Object[] keys = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            keys[i] = fields[i].source().read(record);
        }
        int count = 0;
        for (int i = 0; i < fields.length; i++) {
            Object key = dependencies.key(i, keys);
            if (fields[i].encode(key, draws, rows, base + places[i].choiceAt(), base + places[i].valueAt()) > 0) {
                unknown.accept(fields[i].source().name());
                count++;
            }
        }
        return count;
    }

    /**
     * Reads row number {@code row} of {@code rows}, {@code [batch, width]}, as a record that validates against the schema. A
     * pure function of the row: of a choice the largest class wins, the first among equals. The caller owns the record.
     */
    public GenericRecord decode(float[] rows, int row) {
        return decode(new MadeRows(List.of(), List.of(), width, rows), row);
    }

    /** The same where all of {@link #pixels} are bytes, or none; the records are the same. */
    public GenericRecord decode(MadeRows rows, int row) {
        if (!rows.spans().isEmpty() && !rows.spans().equals(pixels)) {
            throw new IllegalArgumentException(
                    "Rows whose bytes are the pixels of " + rows.spans() + ", not of " + pixels);
        }
        int base = base(rows.numbers(), row, rows.columns());
        GenericRecord record = template.create();
        Object[] values = new Object[fields.length];
        for (int i : dependencies.sequence()) {
            values[i] = dependencies.value(i, decoded(i, rows, row, base), values);
            fields[i].source().path().write(record, values[i]);
        }
        return record;
    }

    private Object decoded(int i, MadeRows rows, int row, int base) {
        int choiceAt = base + places[i].choiceAt();
        if (fields[i] instanceof PictureField picture
                && picture.ofBytes()
                && !rows.spans().isEmpty()) {
            byte[] levels = rows.levels().get(pictures.indexOf(picture));
            return picture.decode(
                    rows.numbers(), choiceAt, levels, row * picture.value().width());
        }
        return fields[i].decode(rows.numbers(), choiceAt, base + places[i].valueAt());
    }

    private static int base(float[] rows, int row, int width) {
        if (row < 0 || (row + 1L) * width > rows.length) {
            throw new IllegalArgumentException(
                    "Row " + row + " of " + rows.length / Math.max(1, width) + " rows of " + width + " floats");
        }
        return row * width;
    }

    /**
     * Reads what a requester wants every sample to have. A number must lie in the range that was learned but may be new; a
     * category must have been seen.
     *
     * <p>Of timestamps that follow each other, one that is given alone gives those that it follows too: each the time that was
     * learned before it, drawn for every sample. Of fields that are the same thing under several names, one gives all.
     *
     * <p>An image of bytes may be given in part: beside {@code picture}, {@code picture.known} is one byte a pixel, nonzero
     * where it is known. If none is, the image counts as not given.
     *
     * @param values by field name, each a null, Boolean, Number, CharSequence (parsed as the field's type; base64 of bytes) or
     *     ByteBuffer
     * @throws UnsuitableValueException naming the field, the value and what it may be; codes are {@code unknown-field},
     *     {@code not-givable}, {@code wrong-type}, {@code wrong-size}, {@code out-of-range}, {@code unseen-value}, {@code out-of-order}
     *     and {@code contradictory}
     */
    public Given given(Map<String, ?> values) {
        List<Given.Entry> entries = new ArrayList<>();
        Map<Integer, Object> times = new HashMap<>();
        Map<Integer, Object> twins = new HashMap<>();
        values.keySet().forEach(name -> entry(name, values, times, twins).ifPresent(entries::add));
        if (!times.isEmpty()) {
            entries.add(new GivenTimes(dependencies, layout, times));
        }
        entries.addAll(new GivenTwins(dependencies, layout, twins).entries());
        return new Given(layout.shape(), entries);
    }

    /** What is given of a field; of one that depends on another, or is depended on, it goes to {@code times} or {@code twins}. */
    private Optional<Given.Entry> entry(
            String name, Map<String, ?> values, Map<Integer, Object> times, Map<Integer, Object> twins) {
        Integer index = indices.get(name);
        if (index == null) {
            if (!masks(name, values)) {
                throw unknown(name);
            }
            return Optional.empty();
        }
        LearnedField field = fields[index];
        if (!field.givable()) {
            throw field.source()
                    .unsuitable(
                            "not-givable",
                            "is of a kind that cannot be given ("
                                    + field.source().hint().kind() + "): remove it from what is given.");
        }
        if (field instanceof ImageField image && values.get(name) != null) {
            return GivenImage.read(image, places[index].spans().get(0), values);
        }
        Object avro = GivenValues.read(field, values.get(name));
        if (dependencies.concerns(index, FollowerField.class)) {
            times.put(index, avro);
            return Optional.empty();
        }
        if (dependencies.concerns(index, TwinField.class)) {
            twins.put(index, avro);
            return Optional.empty();
        }
        return Optional.of(
                new Given.Value(field, places[index], avro, field.source().key(avro)));
    }

    /** Whether a name is that of a mask of an image which is given too. */
    private boolean masks(String name, Map<String, ?> values) {
        String image =
                name.endsWith(GivenImage.KNOWN) ? name.substring(0, name.length() - GivenImage.KNOWN.length()) : name;
        Integer index = indices.get(image);
        if (index == null || !(fields[index] instanceof ImageField field) || !field.givable()) {
            return false;
        }
        if (values.get(image) == null) {
            throw field.source()
                    .unsuitable(
                            "wrong-type",
                            "must be an image where " + Wording.quote(name)
                                    + " says which of its pixels are known; it is not given.");
        }
        return true;
    }

    private UnsuitableValueException unknown(String name) {
        boolean leftOut = SchemaPaths.has(layout.schema(), name);
        List<String> givable = layout.fields().stream()
                .filter(LearnedField::givable)
                .map(field -> field.source().name())
                .toList();
        return new UnsuitableValueException(new FieldProblem(
                name,
                leftOut ? "not-givable" : "unknown-field",
                "Field " + Wording.quote(name) + (leftOut ? " is not learned and cannot be given" : " does not exist")
                        + "; what can be given are " + Wording.list(givable) + "."));
    }
}
