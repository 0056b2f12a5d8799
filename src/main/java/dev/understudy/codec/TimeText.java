package dev.understudy.codec;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;

/** Avro's logical types of time as ISO 8601 text. What has no zone is read as UTC. */
public enum TimeText {
    DATE("date", ChronoUnit.DAYS),
    TIME_MILLIS("time-millis", ChronoUnit.MILLIS),
    TIME_MICROS("time-micros", ChronoUnit.MICROS),
    TIMESTAMP_MILLIS("timestamp-millis", ChronoUnit.MILLIS),
    TIMESTAMP_MICROS("timestamp-micros", ChronoUnit.MICROS),
    TIMESTAMP_NANOS("timestamp-nanos", ChronoUnit.NANOS),
    LOCAL_TIMESTAMP_MILLIS("local-timestamp-millis", ChronoUnit.MILLIS),
    LOCAL_TIMESTAMP_MICROS("local-timestamp-micros", ChronoUnit.MICROS),
    LOCAL_TIMESTAMP_NANOS("local-timestamp-nanos", ChronoUnit.NANOS);

    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT);

    private final String logicalType;
    private final ChronoUnit unit;

    TimeText(String logicalType, ChronoUnit unit) {
        this.logicalType = logicalType;
        this.unit = unit;
    }

    /** The one for a type; empty if the type's meaning is no time. */
    public static Optional<TimeText> of(Schema type) {
        String name = type.getLogicalType() == null ? "" : type.getLogicalType().getName();
        return Arrays.stream(values())
                .filter(time -> time.logicalType.equals(name))
                .findFirst();
    }

    /** Units of a day in a date or timestamp; 0 for a time of day. */
    long day() {
        return this == TIME_MILLIS || this == TIME_MICROS
                ? 0
                : ChronoUnit.DAYS.getDuration().dividedBy(unit.getDuration());
    }

    /** Units as a length of time. */
    Duration duration(long units) {
        return Duration.of(units, unit);
    }

    /**
     * The raw value: units since the epoch, or since midnight.
     *
     * @throws IllegalArgumentException if the text is not a time of this type
     */
    public long parse(String text) {
        try {
            return switch (this) {
                case DATE -> LocalDate.parse(text.trim()).toEpochDay();
                case TIME_MILLIS, TIME_MICROS ->
                    LocalTime.parse(text.trim()).toNanoOfDay()
                            / unit.getDuration().toNanos();
                default -> unit.between(Instant.EPOCH, instant(text.trim()));
            };
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("not " + expected(), e);
        }
    }

    private static Instant instant(String text) {
        TemporalAccessor parsed = DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        if (parsed instanceof OffsetDateTime zoned) {
            return zoned.toInstant();
        }
        return parsed instanceof LocalDateTime local
                ? local.toInstant(ZoneOffset.UTC)
                : ((LocalDate) parsed).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** Raw value as text that {@link #parse} reads. */
    public String print(long raw) {
        return switch (this) {
            case DATE -> LocalDate.ofEpochDay(raw).toString();
            case TIME_MILLIS, TIME_MICROS ->
                LocalTime.ofNanoOfDay(raw * unit.getDuration().toNanos()).toString();
            case TIMESTAMP_MILLIS, TIMESTAMP_MICROS, TIMESTAMP_NANOS ->
                Instant.EPOCH.plus(raw, unit).toString();
            default ->
                LocalDateTime.ofInstant(Instant.EPOCH.plus(raw, unit), ZoneOffset.UTC)
                        .toString();
        };
    }

    /** What {@link #parse} takes, as in "must be ...". */
    public String expected() {
        return switch (this) {
            case DATE -> "a date such as 2026-01-31";
            case TIME_MILLIS, TIME_MICROS -> "a time such as 13:45:00";
            default -> "a timestamp such as 2026-01-31T13:45:00Z";
        };
    }
}
