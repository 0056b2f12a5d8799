package dev.understudy.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Learns a {@link RecordLayout} from a stream of records of any length, in bounded memory: at most about a megabyte a field, a
 * timestamp up to three, a series of many channels up to 20, one more for each field that may be a twin of another, and one for
 * each pair of timestamps that is always in order. Not thread-safe.
 */
public final class LayoutLearner {
    private final Schema schema;
    private final ExpectedSchema expected;
    private final List<FieldProblem> schemaProblems;
    private final List<SchemaField> fields;
    private final List<FieldLearner> learners;
    private final OrderLearner orders;
    private final TwinLearner twins;
    private long observed;

    /**
     * @param hints by field name, nested ones by dotted path
     */
    public LayoutLearner(Schema schema, Map<String, Hint> hints) {
        this(schema, new SchemaFields(schema, hints), field -> true);
    }

    private LayoutLearner(Schema schema, SchemaFields walked, Predicate<SchemaField> which) {
        this.schema = schema;
        this.expected = new ExpectedSchema(schema);
        this.schemaProblems = walked.problems();
        this.fields = walked.learned().stream().filter(which).toList();
        this.learners = fields.stream().map(LayoutLearner::learner).toList();
        this.orders = new OrderLearner(learners);
        this.twins = new TwinLearner(fields);
    }

    /**
     * A learner of the fields of a layout alone.
     *
     * @param hints under which it was learned
     */
    public static LayoutLearner of(RecordLayout layout, Map<String, Hint> hints) {
        Set<String> names = layout.spansByField().keySet();
        return new LayoutLearner(
                layout.schema(), new SchemaFields(layout.schema(), hints), field -> names.contains(field.name()));
    }

    private static FieldLearner learner(SchemaField field) {
        return switch (field.hint().kind()) {
            case IMAGE -> ImageField.learner(field);
            case VIDEO -> VideoField.learner(field);
            case SERIES -> new SeriesLearner(field);
            case TEXT, DNA -> new TextLearner(field);
            case AUTO, TIMESTAMP ->
                field.time().map(TimeText::day).orElse(0L) > 0 ? new TimestampLearner(field) : plain(field);
            default -> plain(field);
        };
    }

    private static FieldLearner plain(SchemaField field) {
        return field.values() instanceof NumberType ? new NumberField.Learner(field) : new CategoryField.Learner(field);
    }

    /** What the schema and the hints alone already rule out; empty if nothing. */
    public static List<FieldProblem> problems(Schema schema, Map<String, Hint> hints) {
        return new SchemaFields(schema, hints).problems();
    }

    /**
     * Takes one real record into the statistics.
     *
     * @throws UnsuitableValueException if a value could not be encoded; nothing of the record is taken then
     */
    public void observe(IndexedRecord record) {
        expected.check(record);
        Object[] keys = new Object[fields.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = fields.get(i).read(record);
            learners.get(i).check(keys[i]);
        }
        for (int i = 0; i < keys.length; i++) {
            learners.get(i).observe(keys[i]);
        }
        orders.observe(keys);
        twins.observe(keys);
        observed++;
    }

    /**
     * Takes what another learner of the same schema and hints has observed, as if it came after what this one has. Counts are as
     * exact as those of one learner; sketches keep their error. The other is left as it is.
     *
     * @throws IllegalArgumentException if it learns other fields
     */
    public void merge(LayoutLearner other) {
        if (!schema.equals(other.schema) || !hints().equals(other.hints())) {
            throw new IllegalArgumentException("A learner of " + hints() + " of " + schema.getFullName()
                    + " cannot take what one of " + other.hints() + " of " + other.schema.getFullName() + " has seen");
        }
        for (int i = 0; i < learners.size(); i++) {
            learners.get(i).merge(other.learners.get(i));
        }
        orders.merge(other.orders);
        twins.merge(other.twins);
        observed += other.observed;
    }

    private Map<String, Hint> hints() {
        Map<String, Hint> hints = new LinkedHashMap<>();
        fields.forEach(field -> hints.put(field.name(), field.hint()));
        return hints;
    }

    /** Records observed so far. */
    public long observed() {
        return observed;
    }

    /** What schema, hints and the records so far rule out (an id, free text, ...); empty if nothing. */
    public List<FieldProblem> problems() {
        List<FieldProblem> problems = new ArrayList<>(schemaProblems);
        learners.forEach(learner -> learner.problem().ifPresent(problems::add));
        if (problems.isEmpty() && observed > 0 && learners.stream().allMatch(FieldLearner::constant)) {
            problems.add(new FieldProblem(
                    "",
                    "nothing-to-learn",
                    "Every field has the same value in all of the " + observed
                            + " records so far: there is nothing to learn until they differ."));
        }
        return problems;
    }

    /**
     * A layout that is the present one but for some fields, which are laid out by what was observed. A field keeps its form if
     * there is something against learning it, if it does not vary, or if nothing would be known that was not before. What it
     * knew it goes on knowing: of what was observed one more record counts for each class, symbol and length of old. So this
     * learner is used up.
     *
     * <p>A twin that what was observed contradicts is laid out by itself. It is looked at whenever its original gets another form,
     * so that it goes with each class that this has.
     *
     * @param present of the same schema
     * @param drifted names of the fields to learn anew
     */
    public RefreshedLayout refresh(RecordLayout present, Set<String> drifted) {
        Map<String, FieldLearner> byName = new LinkedHashMap<>();
        Map<String, FollowerField> followers = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            byName.put(fields.get(i).name(), learners.get(i));
        }
        orders.learn().forEach((i, follower) -> followers.put(fields.get(i).name(), follower));
        Relearning relearning = new Relearning(present, byName, followers, twins);
        relearning.relearn(drifted);
        return relearning.layout();
    }

    /**
     * The layout of what was observed.
     *
     * @throws IllegalStateException if there are {@link #problems()} or nothing was observed
     */
    public RecordLayout learn() {
        if (observed == 0) {
            throw new IllegalStateException("A layout needs records; none was observed");
        }
        List<FieldProblem> problems = problems();
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    "A layout cannot be learned: " + problems.get(0).message());
        }
        Map<Integer, FollowerField> followers = orders.learn();
        return new RecordLayout(
                schema,
                twins.learn(IntStream.range(0, fields.size())
                        .mapToObj(i -> followers.containsKey(i)
                                ? followers.get(i)
                                : learners.get(i).learn())
                        .toList()));
    }
}
