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
        if (places.length != next.width()) {
            throw new IllegalArgumentException(
                    "origins has %d floats, expected %d".formatted(places.length, next.width()));
        }
        this.places = places.clone();
        this.fields = new int[next.fields()];
        Arrays.fill(fields, -1);
        checkRange(before.width());
        checkKinds(before, next);
        own(before, next);
        next.separate().forEach(span -> values.put(span.valueOffset(), origin(before, span)));
    }

    private void checkRange(int width) {
        var heirs = new HashMap<Integer, Integer>();
        for (int place = 0; place < places.length; place++) {
            int origin = places[place];
            if (origin < -1 || origin >= width) {
                throw new IllegalArgumentException(
                        "origins[%d] is %d, must be from -1 to %d".formatted(place, origin, width - 1));
            }
            var heir = origin < 0 ? null : heirs.put(origin, place);
            if (heir != null) {
                throw new IllegalArgumentException(
                        "origins[%d] is %d, as is origins[%d]".formatted(place, origin, heir));
            }
        }
    }

    private void checkKinds(RowShape before, RowShape next) {
        for (int place = 0; place < places.length; place++) {
            String kind = kind(next, place);
            String was = places[place] < 0 ? kind : kind(before, places[place]);
            if (!kind.equals(was)) {
                throw new IllegalArgumentException(
                        "origins[%d] is %d, of a %s, expected one of a %s".formatted(place, places[place], was, kind));
            }
        }
    }

    private static String kind(RowShape shape, int place) {
        if (place < shape.choices()) {
            return "choice";
        }
        return place < shape.choices() + shape.scalars() ? "scalar" : "separate value";
    }

    /** A field goes on as one, as it has one column in a mask. */
    private void own(RowShape before, RowShape next) {
        int[] owners = next.owners();
        int[] ownersBefore = before.owners();
        for (int place = 0; place < places.length; place++) {
            int field = owners[place];
            int origin = places[place] < 0 ? fields[field] : ownersBefore[places[place]];
            if (fields[field] >= 0 && fields[field] != origin) {
                var name = next.spans().get(field).field();
                throw new IllegalArgumentException("origins[%d] is %d, of another field than other floats of field %s"
                        .formatted(place, places[place], name));
            }
            fields[field] = origin;
        }
    }

    /** A separate value goes on as a whole or not at all. */
    private int origin(RowShape before, Span span) {
        int offset = span.valueOffset();
        int origin = places[offset];
        boolean same = before.separate().stream()
                .anyMatch(was -> was.valueOffset() == origin && was.value().equals(span.value()));
        boolean whole = IntStream.range(0, span.value().width()).allMatch(i -> places[offset + i] == origin + i);
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
