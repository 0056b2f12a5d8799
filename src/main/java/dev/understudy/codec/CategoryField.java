package dev.understudy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * One of a list of values: a string, an enum, a boolean, or a number with few different values. A null class means missing.
 *
 * <p>Of more than {@value #MOST_CLASSES} values the rarer ones fold into the last class, <em>other</em>, which decodes to the
 * most frequent of them. A value that was never seen is encoded as the nearest number, else as <em>other</em>, else as the
 * most frequent class.
 */
final class CategoryField extends LearnedField {
    static final String KIND = "category";
    static final int MOST_CLASSES = 1_000;

    private final List<Object> classes;
    private final boolean folded;
    private final Map<Object, Integer> indices = new HashMap<>();
    private final int stranger;

    /**
     * @param classes keys, null for missing
     * @param folded whether the last class stands for other values too
     */
    CategoryField(SchemaField source, List<Object> classes, float[] frequencies, boolean folded) {
        super(source, frequencies, new Span.None());
        this.classes = classes;
        this.folded = folded;
        for (int i = 0; i < classes.size(); i++) {
            indices.put(classes.get(i), i);
        }
        this.stranger = folded ? classes.size() - 1 : Choice.read(frequencies, 0, frequencies.length);
    }

    /** A field with these values, or a constant one if there is only one. */
    static LearnedField of(SchemaField source, List<Object> classes, long[] counts, boolean folded) {
        return classes.size() == 1
                ? new ConstantField(source, classes.get(0))
                : new CategoryField(source, classes, Choice.shares(counts), folded);
    }

    /** The same classes, in another one's order as far as it has them: what is kept by number of class stays where it is. */
    CategoryField inOrderOf(CategoryField former) {
        int last = folded ? classes.size() - 1 : classes.size();
        int[] order = IntStream.range(0, classes.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> i == last
                        ? Integer.MAX_VALUE
                        : former.indices.getOrDefault(classes.get(i), Integer.MAX_VALUE - 1)))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Object> ordered = new ArrayList<>();
        float[] shares = new float[order.length];
        for (int i = 0; i < order.length; i++) {
            ordered.add(classes.get(order[i]));
            shares[i] = frequencies()[order[i]];
        }
        return new CategoryField(source(), ordered, shares, folded);
    }

    static CategoryField read(SchemaField source, JsonNode json) {
        List<Object> classes = new ArrayList<>();
        json.required("classes").forEach(value -> classes.add(LayoutJson.key(value)));
        return new CategoryField(
                source,
                classes,
                LayoutJson.floats(json.required("frequencies")),
                json.required("folded").asBoolean());
    }

    @Override
    void describe(ObjectNode json) {
        json.put("kind", KIND).put("folded", folded);
        ArrayNode values = json.putArray("classes");
        classes.forEach(key -> LayoutJson.addKey(values, key));
        LayoutJson.addAll(json.putArray("frequencies"), frequencies());
    }

    @Override
    List<Meaning> meanings() {
        List<Meaning> meanings = new ArrayList<>();
        classes.forEach(key -> meanings.add(Meaning.value(key)));
        if (folded) {
            meanings.set(classes.size() - 1, Meaning.rest());
        }
        return meanings;
    }

    /** Keys of its classes, null for missing. */
    List<Object> classes() {
        return classes;
    }

    /** Its classes. */
    @Override
    List<Object> landmarks() {
        return classes;
    }

    /** Twice what is folded into the last class, since the others were chosen by the very records that they are counted in. */
    @Override
    double strangers() {
        return folded ? Math.min(1, 2 * frequencies()[classes.size() - 1]) : 0;
    }

    @Override
    boolean seenMissing() {
        return indices.containsKey(null);
    }

    @Override
    int encode(Object key, UniformRandomProvider draws, float[] rows, int choiceAt, int valueAt) {
        Integer known = indices.get(key);
        Choice.write(rows, choiceAt, classes.size(), known != null ? known : nearest(key));
        return known != null ? 0 : 1;
    }

    private int nearest(Object key) {
        if (!(key instanceof Double number)) {
            return stranger;
        }
        int best = -1;
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i) instanceof Double other
                    && (best < 0 || Math.abs(other - number) < Math.abs((Double) classes.get(best) - number))) {
                best = i;
            }
        }
        return best < 0 ? stranger : best;
    }

    @Override
    Object decode(float[] rows, int choiceAt, int valueAt) {
        return source().avro(classes.get(Choice.read(rows, choiceAt, classes.size())));
    }

    @Override
    void admit(Object key) {
        if (!indices.containsKey(key)) {
            throw source().unseen(key, classes);
        }
    }

    /** Counts the values of a field that is not a number. */
    static final class Learner implements FieldLearner {
        /** Records below which nothing is refused. */
        private static final int ENOUGH = 20;

        private final SchemaField source;
        private final CategoryCounts counts = new CategoryCounts();
        private long missing;

        Learner(SchemaField source) {
            this.source = source;
        }

        @Override
        public void observe(Object key) {
            if (key == null) {
                missing++;
            } else {
                counts.add(key);
            }
        }

        @Override
        public void merge(FieldLearner other) {
            Learner more = (Learner) other;
            missing += more.missing;
            counts.merge(more.counts);
        }

        @Override
        public Optional<FieldProblem> problem() {
            if (source.hint().kind() == Hint.Kind.CATEGORY || counts.total() < ENOUGH) {
                return Optional.empty();
            }
            if (counts.truncated() || (counts.prose() && counts.distinctShare() > 0.8)) {
                return refuse("free-text", "looks like free text");
            }
            if (counts.distinctShare() > 0.8) {
                return refuse("identifier", "has a value of its own in nearly every record, as an identifier has");
            }
            return counts.overflowed() || counts.novelty() > 0.5 || coverage() < 0.9
                    ? refuse("too-many-values", "has too many different values to learn each")
                    : Optional.empty();
        }

        private double coverage() {
            return counts.ranked().stream()
                            .limit(MOST_CLASSES)
                            .mapToLong(Map.Entry::getValue)
                            .sum()
                    / (double) counts.total();
        }

        private Optional<FieldProblem> refuse(String code, String complaint) {
            return Optional.of(source.problem(
                    code,
                    complaint + ": leave it out with the hint OMIT, keep its " + MOST_CLASSES
                            + " most frequent values with the hint CATEGORY, or learn how its strings are written"
                            + " with the hint TEXT."));
        }

        @Override
        public boolean constant() {
            return counts.distinct() + (missing > 0 ? 1 : 0) <= 1;
        }

        @Override
        public LearnedField learn() {
            return learn(source, counts.ranked(), missing, counts.total());
        }

        /** The classes are missing (if it occurred), the values by rank, and the rest folded into one. */
        static LearnedField learn(SchemaField source, List<Map.Entry<Object, Long>> ranked, long missing, long total) {
            boolean folded = ranked.size() > MOST_CLASSES;
            List<Object> classes = new ArrayList<>();
            List<Long> sizes = new ArrayList<>();
            if (missing > 0) {
                classes.add(null);
                sizes.add(missing);
            }
            long rest = total;
            for (Map.Entry<Object, Long> entry : ranked.subList(0, folded ? MOST_CLASSES : ranked.size())) {
                boolean last = folded && classes.size() == MOST_CLASSES - (missing > 0 ? 0 : 1);
                classes.add(entry.getKey());
                sizes.add(last ? rest : entry.getValue());
                rest -= entry.getValue();
            }
            return of(source, classes, sizes.stream().mapToLong(Long::longValue).toArray(), folded);
        }
    }
}
