package dev.understudy.codec;

import java.util.List;

/** Sentences that name values without drowning in them. */
final class Wording {
    private static final int LISTED = 10;
    private static final int LONGEST = 60;

    private Wording() {}

    /** The first values, and how many more there are. */
    static String list(List<?> values) {
        String listed = String.join(
                ", ", values.stream().limit(LISTED).map(Wording::quote).toList());
        return values.size() <= LISTED ? listed : listed + " and " + (values.size() - LISTED) + " more";
    }

    /** A value in quotes, cut to a length that fits a sentence. */
    static String quote(Object value) {
        String text = String.valueOf(value);
        return "'" + (text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...") + "'";
    }
}
