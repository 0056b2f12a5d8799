package dev.understudy.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a timestamp, as a digit is of a number: how many of so many units, counted from a Monday and, unless it is the
 * first part, within one unit of the part before.
 *
 * @param name what follows the name of the field in that of the span; empty for the first part
 * @param units of the timestamp's type that it counts
 * @param cycle how many of them there are; 0 if they go on
 */
record TimePart(String name, long units, long cycle) {
    /** Days before the epoch, a Thursday, that its week began. */
    static final long MONDAY = 3;

    private static final long WEEK = 7;
    private static final String WEEKDAY = "weekday";
    private static final String TIME = "time";

    /** The week, the weekday (0 is Monday) and, unless a day is all there is, the time of day. */
    static List<TimePart> weekly(long day) {
        List<TimePart> parts = new ArrayList<>();
        parts.add(new TimePart("", WEEK * day, 0));
        parts.add(new TimePart(WEEKDAY, day, WEEK));
        if (day > 1) {
            parts.add(new TimePart(TIME, 1, day));
        }
        return parts;
    }

    /** The day and the time of day. */
    static List<TimePart> daily(long day) {
        return List.of(new TimePart("", day, 0), new TimePart(TIME, 1, day));
    }

    /** Whether it is the part that says whether the timestamp is missing. */
    boolean first() {
        return cycle == 0;
    }

    /** How it is learned: weekdays are a choice whatever their number. */
    Hint.Kind kind() {
        return name.equals(WEEKDAY) ? Hint.Kind.CATEGORY : Hint.Kind.AUTO;
    }

    /** Its number in a timestamp. */
    long of(long sinceMonday) {
        long count = Math.floorDiv(sinceMonday, units);
        return first() ? count : Math.floorMod(count, cycle);
    }
}
