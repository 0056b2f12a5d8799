package dev.understudy.codec;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Timestamps that samples must have where some follow others. A follower that is given alone gives its reference with it: the
 * follower less a distance that is drawn from what was learned; and so on, until one is given or follows none. What is drawn is
 * moved as little as needed for all that is given to keep its order and its distances.
 */
final class GivenTimes implements Given.Entry {
    private static final int NONE = -1;

    private final Dependencies order;
    private final List<LearnedField> fields;
    private final List<Place> places;
    private final Map<Integer, Object> given;
    private final double[] least;
    private final double[] most;

    /** For each field one that is given and follows it, however indirectly, or is it; none if it may be what it likes. */
    private final int[] witnesses;

    /**
     * @param given Avro values by the index of their field, null for missing
     * @throws UnsuitableValueException if they cannot go together
     */
    GivenTimes(Dependencies order, RecordLayout layout, Map<Integer, Object> given) {
        this.order = order;
        this.fields = layout.fields();
        this.places = layout.places();
        this.given = given;
        this.least = new double[fields.size()];
        this.most = new double[fields.size()];
        this.witnesses = new int[fields.size()];
        Arrays.fill(least, Double.NEGATIVE_INFINITY);
        Arrays.fill(most, Double.POSITIVE_INFINITY);
        Arrays.fill(witnesses, NONE);
        given.keySet().stream().filter(field -> given.get(field) != null).forEach(this::fix);
        int[] sequence = order.sequence();
        for (int i = sequence.length - 1; i >= 0; i--) {
            if (witnesses[sequence[i]] != NONE && order.follows(sequence[i])) {
                bind(order.reference(sequence[i]), sequence[i]);
            }
        }
    }

    private void fix(int field) {
        least[field] = key(given.get(field));
        most[field] = least[field];
        witnesses[field] = field;
    }

    private static double key(Object avro) {
        return avro == null ? Double.NaN : ((Number) avro).longValue();
    }

    /** Narrows what a reference may be by what its follower may be. */
    private void bind(int reference, int field) {
        Bounds distances = order.follower(field).distances();
        double from = Math.max(least[reference], least[field] - distances.most());
        double to = Math.min(most[reference], most[field] - distances.least());
        boolean missing = given.containsKey(reference) && given.get(reference) == null;
        if (missing || from > to) {
            throw outOfOrder(reference, field);
        }
        least[reference] = from;
        most[reference] = to;
        witnesses[reference] = witnesses[reference] == NONE ? witnesses[field] : witnesses[reference];
    }

    private UnsuitableValueException outOfOrder(int reference, int field) {
        SchemaField source = fields.get(witnesses[field]).source();
        Bounds distances = order.follower(field).distances();
        String value = source.values().print(least[witnesses[field]]);
        return source.unsuitable(
                "out-of-order",
                "does not go with the other times that are given: '"
                        + fields.get(field).source().name() + "' comes " + duration(source, distances.least()) + " to "
                        + duration(source, distances.most()) + " after '"
                        + fields.get(reference).source().name() + "', never without it; it is " + Wording.quote(value)
                        + ".");
    }

    private static Duration duration(SchemaField source, double units) {
        return source.time().orElseThrow().duration((long) units);
    }

    private boolean set(int field) {
        return given.containsKey(field) || witnesses[field] != NONE;
    }

    @Override
    public List<Span> spans() {
        return IntStream.range(0, fields.size())
                .filter(this::set)
                .boxed()
                .flatMap(field -> places.get(field).spans().stream())
                .toList();
    }

    @Override
    public void encode(UniformRandomProvider draws, float[] rows, int base) {
        double[] distances = new double[fields.size()];
        for (int field : order.sequence()) {
            boolean drawn = witnesses[field] != NONE && order.follows(field);
            distances[field] = drawn ? order.follower(field).draw(draws) : Double.NaN;
        }
        Object[] keys = keys(distances);
        for (int field : order.sequence()) {
            if (set(field)) {
                Place place = places.get(field);
                Object key = order.key(field, keys);
                fields.get(field).encode(key, draws, rows, base + place.choiceAt(), base + place.valueAt());
            }
        }
    }

    /**
     * All that is set, and all that follows it.
     *
     * @param distances of each follower from its reference, as wished for; not a number if it is missing
     * @return keys, null for missing and for what is not set
     */
    private Object[] keys(double[] distances) {
        Object[] keys = new Object[fields.size()];
        for (int field : order.sequence()) {
            double key = given.containsKey(field)
                    ? key(given.get(field))
                    : witnesses[field] == NONE ? free(field, keys, distances) : bound(field, keys, distances);
            keys[field] = Double.isNaN(key) ? null : (Object) key;
        }
        return keys;
    }

    private double free(int field, Object[] keys, double[] distances) {
        return order.follows(field) && keys[order.reference(field)] instanceof Double reference
                ? reference + distances[field]
                : Double.NaN;
    }

    private double bound(int field, Object[] keys, double[] distances) {
        Bounds limits = new Bounds(least[field], most[field]);
        if (order.follows(field)) {
            return limits.clip((Double) keys[order.reference(field)] + learned(field, distances[field]));
        }
        double key = least[witnesses[field]];
        for (int at = witnesses[field]; at != field; at = order.reference(at)) {
            key -= learned(at, distances[at]);
        }
        return limits.clip(key);
    }

    /** The learned distance that is nearest to one, the smallest if that is missing. */
    private double learned(int field, double distance) {
        Bounds distances = order.follower(field).distances();
        return Double.isNaN(distance) ? distances.least() : distances.clip(distance);
    }

    /** Followers move with what they follow, by the distances that the sample has. */
    @Override
    public void overwrite(GenericRecord sample) {
        double[] distances = new double[fields.size()];
        for (int field : order.sequence()) {
            distances[field] = order.follows(field)
                    ? key(made(sample, field)) - key(made(sample, order.reference(field)))
                    : Double.NaN;
        }
        Object[] keys = keys(distances);
        boolean[] moved = new boolean[fields.size()];
        for (int field : order.sequence()) {
            moved[field] = set(field) || (order.follows(field) && moved[order.reference(field)]);
            if (moved[field]) {
                SchemaField source = fields.get(field).source();
                source.path().write(sample, given.getOrDefault(field, source.avro(keys[field])));
            }
        }
    }

    private Object made(GenericRecord sample, int field) {
        return fields.get(field).source().path().read(sample);
    }
}
