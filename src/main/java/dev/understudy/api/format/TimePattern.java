package dev.understudy.api.format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a date with a time was written.
 *
 * @param separator T or a space
 * @param seconds whether it has seconds
 * @param fraction digits of a second's fraction
 * @param zoned whether it ends in a zone offset
 */
record TimePattern(char separator, boolean seconds, int fraction, boolean zoned) {
    private static final Pattern ISO = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\d([T ])\\d\\d:\\d\\d(:\\d\\d(?:\\.(\\d{1,9}))?)?(Z|[+-]\\d\\d(?::?\\d\\d)?)?");

    /** The pattern of a text, null if it is no ISO 8601 date with a time. */
    static TimePattern of(String text) {
        Matcher matcher = ISO.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int fraction = matcher.group(3) == null ? 0 : matcher.group(3).length();
        return new TimePattern(
                matcher.group(1).charAt(0), matcher.group(2) != null, fraction, matcher.group(4) != null);
    }

    /** A pattern that loses nothing of either; the separator and the zone are the first one's. */
    TimePattern and(TimePattern other) {
        return new TimePattern(separator, seconds || other.seconds, Math.max(fraction, other.fraction), zoned);
    }

    /** The logical type that holds it. */
    String logicalType() {
        return fraction > 3 ? "timestamp-micros" : "timestamp-millis";
    }

    /** As {@link java.time.format.DateTimeFormatter} has it. */
    String format() {
        String point = fraction == 0 ? "" : "." + "S".repeat(fraction > 3 ? 6 : fraction);
        return (separator == 'T' ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd HH:mm")
                + (seconds ? ":ss" + point : "")
                + (zoned ? "XXX" : "");
    }
}
