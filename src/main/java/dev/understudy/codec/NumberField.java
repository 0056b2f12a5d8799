package dev.understudy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A number: missing, one of its atoms (values with at least 3 % of the mass), or the rest, a standard normal scalar by the
 * randomised probability transform. Where numbers repeat, only numbers that occurred come out; where nearly all differ, a
 * line is drawn between quantiles and the result is rounded to the column's own resolution.
 */
final class NumberField extends LearnedField {
    static final String KIND = "number";
    private static final double ATOM_SHARE = 0.03;

    /** Keeps draws off the borders of a step, where a float would fall into the next one: share of the step, and least. */
    private static final double MARGIN = 1e-3;

    private static final double ROUNDING = 2e-8;

    private final NumberType type;
    private final boolean missing;
    private final double[] atoms;
    private final int gate;
    private final Distribution rest;
    private final Grid grid;
    private final double half;

    /**
     * @param atoms ascending
     * @param frequencies of missing (if it occurred), the atoms and the rest; empty if there is the rest alone
     */
    NumberField(SchemaField source, double[] atoms, float[] frequencies, Distribution rest, Grid grid) {
        super(source, List.of(new Part(source.name(), frequencies, new Span.Scalar(), rest.sample())));
        this.type = (NumberType) source.values();
        this.missing = frequencies.length > atoms.length + 1;
        this.atoms = atoms;
        this.gate = frequencies.length - 1;
        this.rest = rest;
        this.grid = grid;
        this.half = rest instanceof Distribution.Line ? grid.half() : 0;
    }

    static NumberField read(SchemaField source, JsonNode json) {
        JsonNode rest = json.required("rest");
        Distribution distribution = rest.has("knots")
                ? new Distribution.Line(LayoutJson.doubles(rest.required("knots")))
                : new Distribution.Steps(
                        LayoutJson.doubles(rest.required("numbers")), LayoutJson.longs(rest.required("weights")));
        Grid grid = new Grid(
                json.required("step").asLong(), json.required("decimals").asInt());
        return new NumberField(
                source,
                LayoutJson.doubles(json.required("atoms")),
                LayoutJson.floats(json.required("frequencies")),
                distribution,
                grid);
    }

    @Override
    void describe(ObjectNode json) {
        json.put("kind", KIND).put("step", grid.step()).put("decimals", grid.decimals());
        LayoutJson.addAll(json.putArray("atoms"), atoms);
        LayoutJson.addAll(json.putArray("frequencies"), frequencies());
        ObjectNode node = json.putObject("rest");
        if (rest instanceof Distribution.Steps steps) {
            LayoutJson.addAll(node.putArray("numbers"), steps.numbers());
            Arrays.stream(steps.weights()).forEach(node.putArray("weights")::add);
        } else if (rest instanceof Distribution.Line line) {
            LayoutJson.addAll(node.putArray("knots"), line.knots());
        }
    }

    @Override
    List<Meaning> meanings() {
        List<Meaning> meanings = new ArrayList<>();
        if (missing) {
            meanings.add(Meaning.value(null));
        }
        for (double atom : atoms) {
            meanings.add(Meaning.value(atom));
        }
        if (gate >= 0) {
            meanings.add(Meaning.rest());
        }
        meanings.add(new Meaning("score", null));
        return meanings;
    }

    @Override
    boolean seenMissing() {
        return missing;
    }

    @Override
    int encode(Object key, UniformRandomProvider draws, float[] rows, int choiceAt, int valueAt) {
        int chosen = key == null ? 0 : classOf((Double) key);
        boolean live = key == null ? !missing : chosen >= gate;
        Choice.write(rows, choiceAt, gate + 1, live ? gate : chosen);
        rows[valueAt] = live ? score(key == null ? rest.quantile(0.5) : (Double) key, draws) : 0;
        return knows(key) ? 0 : 1;
    }

    private boolean knows(Object key) {
        return key == null ? missing : classOf((Double) key) < gate || covers((Double) key);
    }

    /** Whether a number that is no atom lies in the range of the rest. */
    private boolean covers(double number) {
        return number + half >= rest.quantile(0) && number - half <= rest.quantile(1);
    }

    private int classOf(double number) {
        int atom = Arrays.binarySearch(atoms, number);
        return atom >= 0 ? atom + (missing ? 1 : 0) : gate;
    }

    private float score(double number, UniformRandomProvider draws) {
        double low = rest.below(number - half);
        double high = rest.upTo(number + half);
        double margin = Math.min((high - low) / 2, Math.max((high - low) * MARGIN, ROUNDING));
        return Normal.within(low + margin + (high - low - 2 * margin) * draws.nextDouble());
    }

    @Override
    Object decode(float[] rows, int choiceAt, int valueAt) {
        int chosen = gate < 0 ? 0 : Choice.read(rows, choiceAt, gate + 1);
        if (gate >= 0 && chosen < gate) {
            int atom = chosen - (missing ? 1 : 0);
            return atom < 0 ? null : type.write(atoms[atom]);
        }
        double number = rest.quantile(Normal.share(rows[valueAt]));
        return type.write(half > 0 ? grid.snap(number) : number);
    }

    @Override
    void admit(Object key) {
        double smallest = Math.min(atoms.length == 0 ? Double.POSITIVE_INFINITY : atoms[0], rest.quantile(0));
        double largest =
                Math.max(atoms.length == 0 ? Double.NEGATIVE_INFINITY : atoms[atoms.length - 1], rest.quantile(1));
        new Bounds(smallest, largest).admit(source(), key);
    }

    /** Collects the distribution of a field of numbers. */
    static final class Learner implements FieldLearner {
        /** Numbers with at most so many different values are categories, unless hinted otherwise. */
        private static final int FEW = 32;

        /** Records below which nothing is refused. */
        private static final int ENOUGH = 50;

        private static final Pattern NAME_OF_ID = Pattern.compile("(?:.*[_.])?(?i:id|uuid|guid|key)|.*[a-z]Id");

        private final SchemaField source;
        private final NumberStatistics statistics = new NumberStatistics();
        private final Grid.Finder grid;
        private long missing;

        Learner(SchemaField source) {
            this.source = source;
            this.grid = new Grid.Finder((NumberType) source.values());
        }

        @Override
        public void observe(Object key) {
            if (key == null) {
                missing++;
                return;
            }
            statistics.add((Double) key);
            grid.add((Double) key);
        }

        @Override
        public void merge(FieldLearner other) {
            Learner more = (Learner) other;
            missing += more.missing;
            statistics.merge(more.statistics);
            grid.merge(more.grid);
        }

        @Override
        public Optional<FieldProblem> problem() {
            if (source.hint().kind() == Hint.Kind.CATEGORY && statistics.distinct() > NumberStatistics.EXACT) {
                return Optional.of(source.problem(
                        "too-many-values",
                        "has the hint CATEGORY but more than " + NumberStatistics.EXACT
                                + " different values: use the hint NUMBER."));
            }
            return identifier()
                    ? Optional.of(source.problem(
                            "identifier",
                            "numbers the records, as an identifier does, which says"
                                    + " nothing that could be learned: leave it out with the hint OMIT, or learn it anyhow with the"
                                    + " hint NUMBER."))
                    : Optional.empty();
        }

        private boolean identifier() {
            NumberType type = (NumberType) source.values();
            boolean judged = source.hint().kind() == Hint.Kind.AUTO
                    && type.integral()
                    && type.time().isEmpty();
            return judged
                    && statistics.total() >= ENOUGH
                    && (statistics.consecutive()
                            || (statistics.distinctShare() > 0.95
                                    && NAME_OF_ID.matcher(source.name()).matches()));
        }

        @Override
        public boolean constant() {
            return statistics.distinct() + (missing > 0 ? 1 : 0) <= 1;
        }

        @Override
        public LearnedField learn() {
            if (category()) {
                return category(statistics.sample());
            }
            double[] atoms = statistics.atLeast(ATOM_SHARE * (statistics.total() + missing));
            Weighted rest = statistics.sample().without(atoms);
            if (rest.distinct() == 0) {
                return category(statistics.sample());
            }
            return new NumberField(source, atoms, shares(atoms), Distribution.of(rest), grid.grid());
        }

        NumberStatistics statistics() {
            return statistics;
        }

        /** Whether it is learned as one of a few values. */
        boolean category() {
            boolean few = statistics.distinct() <= FEW && statistics.distinctShare() <= 0.5;
            return statistics.distinct() <= 1
                    || source.hint().kind() == Hint.Kind.CATEGORY
                    || (source.hint().kind() == Hint.Kind.AUTO && few);
        }

        /** Classes by rank if there may be too many to keep, else ascending. */
        private LearnedField category(Weighted sample) {
            List<Map.Entry<Object, Long>> entries = new ArrayList<>();
            for (int i = 0; i < sample.distinct(); i++) {
                entries.add(Map.entry(sample.numbers()[i], sample.weights()[i]));
            }
            if (entries.size() > CategoryField.MOST_CLASSES) {
                entries.sort(Map.Entry.<Object, Long>comparingByValue().reversed());
            }
            return CategoryField.Learner.learn(source, entries, missing, statistics.total());
        }

        private float[] shares(double[] atoms) {
            if (atoms.length == 0 && missing == 0) {
                return new float[0];
            }
            long[] atomCounts =
                    Arrays.stream(atoms).mapToLong(statistics::count).toArray();
            int first = missing > 0 ? 1 : 0;
            long[] counts = new long[first + atoms.length + 1];
            counts[0] = missing;
            System.arraycopy(atomCounts, 0, counts, first, atoms.length);
            counts[counts.length - 1] =
                    Math.max(0, statistics.total() - Arrays.stream(atomCounts).sum());
            return Choice.shares(counts);
        }
    }
}
