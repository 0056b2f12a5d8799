package dev.understudy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A date or a timestamp in parts, so that networks see what day of the week and what time of day it is: the week, the weekday
 * and the time of day, or in shorter ranges the day and the time of day, all in UTC. Each part is a field of its own: a number,
 * a category or a constant. Whether the timestamp is missing is what the first part says.
 *
 * <p>Parts that go together to a timestamp out of the learned range are moved into it by whole weeks or days, which keeps the
 * others.
 */
final class TimestampField extends LearnedField {
    static final String KIND = "timestamp";

    /** A part and what was learned of it. */
    record Learned(TimePart part, LearnedField field) {}

    private final List<Learned> parts;
    private final Bounds bounds;
    private final long monday;

    TimestampField(SchemaField source, List<Learned> parts, Bounds bounds) {
        super(
                source,
                parts.stream().flatMap(part -> part.field().parts().stream()).toList());
        this.parts = List.copyOf(parts);
        this.bounds = bounds;
        this.monday = TimePart.MONDAY * source.time().orElseThrow().day();
    }

    static TimestampField read(SchemaField source, JsonNode json) {
        List<Learned> parts = new ArrayList<>();
        for (JsonNode node : json.required("parts")) {
            TimePart part = new TimePart(
                    node.required("part").asText(),
                    node.required("units").asLong(),
                    node.required("cycle").asLong());
            parts.add(new Learned(part, LayoutJson.field(source.part(part.name(), part.kind()), node)));
        }
        return new TimestampField(source, parts, Bounds.read(json));
    }

    @Override
    void describe(ObjectNode json) {
        json.put("kind", KIND);
        bounds.describe(json);
        ArrayNode nodes = json.putArray("parts");
        for (Learned learned : parts) {
            TimePart part = learned.part();
            ObjectNode node = nodes.addObject().put("part", part.name());
            learned.field().describe(node.put("units", part.units()).put("cycle", part.cycle()));
        }
    }

    /** Those of its parts, first the choices of all and then the values. */
    @Override
    List<Meaning> meanings() {
        List<Meaning> choices = new ArrayList<>();
        List<Meaning> values = new ArrayList<>();
        for (Learned learned : parts) {
            List<Meaning> own = learned.field().meanings().stream()
                    .map(meaning -> new Meaning(learned.part(), meaning))
                    .toList();
            int split = learned.field().choices();
            choices.addAll(own.subList(0, split));
            values.addAll(own.subList(split, own.size()));
        }
        choices.addAll(values);
        return choices;
    }

    @Override
    boolean seenMissing() {
        return parts.get(0).field().seenMissing();
    }

    @Override
    int encode(Object key, UniformRandomProvider draws, float[] rows, int choiceAt, int valueAt) {
        int unknown = 0;
        int choice = choiceAt;
        int value = valueAt;
        for (Learned learned : parts) {
            LearnedField field = learned.field();
            int strange = field.encode(digit(learned.part(), key), draws, rows, choice, value);
            unknown = key != null || learned.part().first() ? Math.max(unknown, strange) : unknown;
            choice += field.choices();
            value += field.width();
        }
        return unknown;
    }

    private Object digit(TimePart part, Object key) {
        return key == null ? null : (Object) (double) part.of(Math.round((Double) key) + monday);
    }

    @Override
    Object decode(float[] rows, int choiceAt, int valueAt) {
        long at = -monday;
        int choice = choiceAt;
        int value = valueAt;
        for (Learned learned : parts) {
            LearnedField field = learned.field();
            Object digit = field.decode(rows, choice, value);
            if (digit == null && learned.part().first()) {
                return null;
            }
            at += (digit == null ? commonest(field) : (Long) digit)
                    * learned.part().units();
            choice += field.choices();
            value += field.width();
        }
        return source().values().avro((double) within(at));
    }

    /** What stands in for a part that says missing where the first one does not. */
    private static long commonest(LearnedField field) {
        float[] shares = field.frequencies().clone();
        shares[0] = 0;
        return (Long) field.decode(Choice.read(shares, 0, shares.length), 0);
    }

    private long within(long at) {
        long step = parts.get(0).part().units();
        long below = Math.max(0, (long) bounds.least() - at);
        long above = Math.max(0, at - (long) bounds.most());
        return (long) bounds.clip((double) (at + (up(below, step) - up(above, step)) * step));
    }

    /** A quotient rounded up. */
    private static long up(long number, long divisor) {
        return -Math.floorDiv(-number, divisor);
    }

    @Override
    void admit(Object key) {
        bounds.admit(source(), key);
    }
}
