package dev.understudy.gan;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Where the parts of a layout were in the layout before it; -1 where they were not. */
final class Origins {

    /** The start of a parameter's name, as {@link Networks#name} has it. */
    private static final Pattern VALUE = Pattern.compile("^value\\.(\\d+)");

    private final int[] places;
    private final int[] fields;
    private final Map<Integer, Integer> values = new HashMap<>();

    /**
     * @param places {@code [next.width()]}: for each float of the next row the float of the row before that means the same, -1 if
     *     none
     * @throws IllegalArgumentException if there are more or fewer, or one is not in the row before, is of another kind, goes on
     *     twice, or is of another field than its neighbours
     */
    Origins(RowShape before, RowShape next, int[] places) {
        check(places.length == next.width(), "origins has %d floats, expected %d", places.length, next.width());
        this.places = places.clone();
        this.fields = new int[next.fields()];
        Arrays.fill(fields, -1);
        var heirs = new HashMap<Integer, Integer>();
        int[] owners = next.owners();
        int[] ownersBefore = before.owners();
        for (int place = 0; place < places.length; place++) {
            int origin = places[place];
            check(
                    origin >= -1 && origin < before.width(),
                    "origins[%d] is %d, must be from -1 to %d",
                    place,
                    origin,
                    before.width() - 1);
            if (origin >= 0) {
                var twin = heirs.put(origin, place);
                check(twin == null, "origins[%d] is %d, as is origins[%d]", place, origin, twin);
                checkKind(place, kind(next, place), origin, kind(before, origin));
                own(next, owners[place], before, ownersBefore[origin]);
            }
        }
        next.separate().forEach(span -> values.put(span.valueOffset(), origin(before, span)));
    }

    private static void checkKind(int place, String kind, int origin, String before) {
        check(kind.equals(before), "origins[%d], of a %s, is %d, of a %s", place, kind, origin, before);
    }

    private static String kind(RowShape shape, int place) {
        if (place < shape.choices()) {
            return "choice";
        }
        return place < shape.choices() + shape.scalars() ? "scalar" : "separate value";
    }

    /** A field has one origin, as it has one column in a mask. */
    private void own(RowShape next, int field, RowShape before, int origin) {
        check(
                fields[field] < 0 || fields[field] == origin,
                "origins of field %s are of fields %s and %s, must be of one",
                next.spans().get(field).field(),
                before.spans().get(Math.max(0, fields[field])).field(),
                before.spans().get(origin).field());
        fields[field] = origin;
    }

    private static void check(boolean holds, String message, Object... arguments) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(arguments));
        }
    }

    /** A separate value goes on as a whole or not at all. */
    private int origin(RowShape before, Span span) {
        int origin = places[span.valueOffset()];
        boolean same = before.separate().stream()
                .anyMatch(was -> was.valueOffset() == origin && was.value().equals(span.value()));
        boolean whole =
                IntStream.range(0, span.value().width()).allMatch(i -> places[span.valueOffset() + i] == origin + i);
        return same && whole ? origin : -1;
    }

    /** Of a float of the row. */
    int place(int next) {
        return places[next];
    }

    /** Of a field; of one that consists of new floats, -1. */
    int field(int next) {
        return fields[next];
    }

    /** Of a separate value, named by its first float; of one that is not quite the same, -1. */
    int value(int next) {
        return values.get(next);
    }

    /** Of a parameter: the networks of a separate value move with it. */
    String parameter(String next) {
        return VALUE.matcher(next).replaceFirst(match -> "value." + value(match));
    }

    /** Whether a parameter is of the networks of a separate value that goes on. */
    boolean goesOn(String next) {
        return VALUE.matcher(next).results().anyMatch(match -> value(match) >= 0);
    }

    private int value(MatchResult match) {
        return value(Integer.parseInt(match.group(1)));
    }
}
