package dev.understudy.api.gallery;

import dev.understudy.codec.Hint;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;

/**
 * What the numbers of a field mean, and so how they are read and written: plain numbers, days since the epoch or hours since
 * midnight. A chart's round numbers then are round times.
 */
enum Unit {
    NUMBER(0),
    INSTANT(24),
    TIME_OF_DAY(1);

    private static final double MILLIS_OF_HOUR = 3_600_000;
    private static final double MINUTE = 1 / 60.0;
    private static final double DAY = 24;
    private static final double MONTH = 28 * DAY;
    private static final double YEAR = 365 * DAY;
    private static final double[] ROUND_HOURS = {
        MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, 1, 2, 3, 4, 6, 12, DAY, 2 * DAY, 7 * DAY
    };
    private static final int LEAST_DIGITS = 4;
    private static final int MOST_DIGITS = 12;

    private final double hours;

    /**
     * @param hours in one unit; 0 if it is no time
     */
    Unit(double hours) {
        this.hours = hours;
    }

    static Unit of(Field field) {
        String logical = logical(field.type());
        if (logical.startsWith("time-")) {
            return TIME_OF_DAY;
        }
        boolean time =
                field.hint().kind() == Hint.Kind.TIMESTAMP || logical.equals("date") || logical.contains("timestamp");
        return time ? INSTANT : NUMBER;
    }

    private static String logical(Schema type) {
        return type.getLogicalType() == null ? "" : type.getLogicalType().getName();
    }

    /** A value's number; null if it is missing, no number or beyond what an axis can show. */
    static Double read(Field field, Object avro) {
        Number number = avro instanceof Number plain ? plain : decimal(field.type(), avro);
        return number == null || !Numbers.drawable(number.doubleValue())
                ? null
                : number.doubleValue() / of(field).length(field.type());
    }

    private static Number decimal(Schema type, Object avro) {
        if (!(type.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
            return null;
        }
        if (avro instanceof GenericFixed fixed) {
            return new BigDecimal(new BigInteger(fixed.bytes()), decimal.getScale());
        }
        if (avro instanceof ByteBuffer buffer && buffer.hasRemaining()) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return new BigDecimal(new BigInteger(bytes), decimal.getScale());
        }
        return null;
    }

    /** One unit in what the Avro type counts. */
    private double length(Schema type) {
        String logical = logical(type);
        if (this == NUMBER || logical.equals("date")) {
            return 1;
        }
        double perMilli = logical.endsWith("-nanos") ? 1e6 : logical.endsWith("-micros") ? 1e3 : 1;
        return hours * MILLIS_OF_HOUR * perMilli;
    }

    /** The shortest round distance, such as 1, 2, 5, 10 or an hour, that is not below a positive one. */
    double round(double least) {
        double decade = Math.pow(10, Math.floor(Math.log10(least)));
        return DoubleStream.of(ROUND_HOURS)
                .filter(time -> this != NUMBER)
                .map(time -> time / hours)
                .filter(distance -> distance >= least)
                .findFirst()
                .orElseGet(() -> DoubleStream.of(1, 2, 5, 10)
                        .map(factor -> factor * decade)
                        .filter(distance -> distance >= least)
                        .findFirst()
                        .orElse(10 * decade));
    }

    /** A number in at most a few letters, as precise as numbers that lie {@code step} apart need. */
    String print(double number, double step) {
        return switch (this) {
            case NUMBER -> plain(number, step);
            case INSTANT -> time(number, instant(step * hours));
            case TIME_OF_DAY -> time(number, timeOfDay(step * hours));
        };
    }

    /** A number that stands for itself: whole ones to the last digit, times to the second or, if they are days, to the day. */
    String name(double number) {
        boolean whole = number == Math.rint(number);
        return switch (this) {
            case NUMBER ->
                (whole ? BigDecimal.valueOf(number) : new BigDecimal(number).round(MathContext.DECIMAL32))
                        .stripTrailingZeros()
                        .toPlainString();
            case INSTANT -> time(number, whole ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss");
            case TIME_OF_DAY -> time(number, "HH:mm:ss");
        };
    }

    private static String instant(double step) {
        if (step < DAY) {
            return step < 1 ? timeOfDay(step) : "MM-dd HH:mm";
        }
        return step < MONTH ? "yyyy-MM-dd" : step < YEAR ? "yyyy-MM" : "yyyy";
    }

    private static String timeOfDay(double step) {
        return step < MINUTE ? "HH:mm:ss" : "HH:mm";
    }

    private String time(double number, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(Instant.ofEpochMilli(Math.round(number * hours * MILLIS_OF_HOUR)));
    }

    private static String plain(double number, double step) {
        double size = Math.abs(number);
        if (size >= 1e15 || (size > 0 && size < 1e-4)) {
            return String.format(Locale.ROOT, "%.1e", number);
        }
        if (size < 1e5) {
            return digits(number, step);
        }
        double scale = size < 1e6 ? 1e3 : size < 1e9 ? 1e6 : 1e9;
        return digits(number / scale, step / scale) + (size < 1e6 ? "k" : size < 1e9 ? "M" : "G");
    }

    private static String digits(double number, double step) {
        int needed = step > 0 && number != 0 ? 1 + (int) Math.ceil(Math.log10(Math.abs(number) / step)) : LEAST_DIGITS;
        MathContext digits = new MathContext(Math.max(LEAST_DIGITS, Math.min(MOST_DIGITS, needed)));
        BigDecimal rounded =
                number == Math.rint(number) ? BigDecimal.valueOf(number) : new BigDecimal(number).round(digits);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
