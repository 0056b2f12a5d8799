package dev.understudy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A timestamp that was never before another one of its record: learned as the time since that one, its reference, so that the
 * order holds whatever a network makes of it. Its keys in {@link #encode}, and what it decodes, are times since the reference in
 * the units of both.
 */
final class FollowerField extends DependentField {
    static final String KIND = "follower";

    private final LearnedField since;
    private final Bounds distances;
    private final Bounds bounds;

    /**
     * @param reference name of the field that it follows
     * @param since time since the reference: a number, a category or a constant
     * @param distances range of that time
     * @param bounds range of the timestamps themselves
     */
    FollowerField(SchemaField source, String reference, LearnedField since, Bounds distances, Bounds bounds) {
        super(source, reference, since.parts());
        this.since = since;
        this.distances = distances;
        this.bounds = bounds;
    }

    static FollowerField read(SchemaField source, JsonNode json) {
        JsonNode since = json.required("since");
        return new FollowerField(
                source,
                json.required("reference").asText(),
                LayoutJson.field(since(source), since),
                Bounds.read(since),
                Bounds.read(json));
    }

    /** The time since its reference, as a field. */
    static SchemaField since(SchemaField source) {
        return source.part("", Hint.Kind.AUTO);
    }

    @Override
    void describe(ObjectNode json) {
        json.put("kind", KIND).put("reference", reference());
        bounds.describe(json);
        ObjectNode node = json.putObject("since");
        distances.describe(node);
        since.describe(node);
    }

    /** Range of the times since its reference. */
    Bounds distances() {
        return distances;
    }

    @Override
    List<Meaning> meanings() {
        return since.meanings().stream()
                .map(meaning -> new Meaning("since " + reference(), meaning))
                .toList();
    }

    @Override
    boolean seenMissing() {
        return since.seenMissing();
    }

    /** Time since the reference. */
    @Override
    Object relative(Object of, Object key) {
        return key == null ? null : (Object) distance(of, key);
    }

    /** Time from one timestamp that may be missing to another, not a number if it is. */
    static double distance(Object of, Object key) {
        return of == null ? Double.NaN : (Double) key - (Double) of;
    }

    @Override
    Object value(Object decoded, SchemaField of, Object value) {
        return decoded == null || value == null
                ? null
                : source().avro((double) (((Number) value).longValue() + (Long) decoded));
    }

    /** What is before its reference, or not a number because that is missing, is unknown and taken as soon after it as can be. */
    @Override
    int encode(Object key, UniformRandomProvider draws, float[] rows, int choiceAt, int valueAt) {
        boolean broken = key != null && !((Double) key >= 0);
        int unknown = since.encode(broken ? (Object) distances.least() : key, draws, rows, choiceAt, valueAt);
        return broken ? 1 : unknown;
    }

    @Override
    Object decode(float[] rows, int choiceAt, int valueAt) {
        return since.decode(rows, choiceAt, valueAt);
    }

    /** A time since its reference, drawn from what was learned of those that are not missing. */
    double draw(UniformRandomProvider draws) {
        float[] shares = frequencies().clone();
        if (shares.length > 0 && seenMissing()) {
            shares[0] = 0;
        }
        int chosen = Choice.draw(shares, draws);
        return ((Number) since.decode(chosen, Normal.within(draws.nextDouble()))).doubleValue();
    }

    @Override
    void admit(Object key) {
        bounds.admit(source(), key);
    }
}
