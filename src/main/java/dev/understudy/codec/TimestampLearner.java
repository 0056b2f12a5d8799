package dev.understudy.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Collects the distribution of a field of dates or timestamps as a whole and in parts, and chooses. */
final class TimestampLearner implements FieldLearner {
    /** Days of a range from which on days and times of day are told apart, and above which weeks and weekdays are. */
    private static final long DAYS = 2;

    private static final long WEEKS = 14;

    private record Part(TimePart part, SchemaField source, NumberField.Learner learner) {
        static Part of(TimePart part, SchemaField field) {
            SchemaField source = field.part(part.name(), part.kind());
            return new Part(part, source, new NumberField.Learner(source));
        }

        void observe(Object key, long monday) {
            learner.observe(key == null ? null : (Object) (double) part.of(Math.round((Double) key) + monday));
        }

        void merge(Part other) {
            learner.merge(other.learner);
        }

        int distinct() {
            return learner.statistics().distinct();
        }

        TimestampField.Learned learn() {
            NumberStatistics statistics = learner.statistics();
            LearnedField field = statistics.distinct() == 1
                    ? new ConstantField(source, statistics.sample().numbers()[0])
                    : learner.learn();
            return new TimestampField.Learned(part, field);
        }
    }

    private final SchemaField source;
    private final long day;
    private final NumberField.Learner whole;
    private final List<Part> weekly;
    private final Part days;
    private Bounds bounds = Bounds.NONE;

    TimestampLearner(SchemaField source) {
        this.source = source;
        this.day = source.time().orElseThrow().day();
        this.whole = new NumberField.Learner(source);
        this.weekly =
                TimePart.weekly(day).stream().map(part -> Part.of(part, source)).toList();
        this.days = Part.of(TimePart.daily(day).get(0), source);
    }

    SchemaField source() {
        return source;
    }

    /** Range of the timestamps so far. */
    Bounds bounds() {
        return bounds;
    }

    @Override
    public void observe(Object key) {
        whole.observe(key);
        weekly.forEach(part -> part.observe(key, TimePart.MONDAY * day));
        days.observe(key, TimePart.MONDAY * day);
        bounds = key == null ? bounds : bounds.with((Double) key);
    }

    @Override
    public void merge(FieldLearner other) {
        TimestampLearner more = (TimestampLearner) other;
        whole.merge(more.whole);
        IntStream.range(0, weekly.size()).forEach(i -> weekly.get(i).merge(more.weekly.get(i)));
        days.merge(more.days);
        bounds = bounds.with(more.bounds);
    }

    @Override
    public Optional<FieldProblem> problem() {
        return whole.problem();
    }

    @Override
    public boolean constant() {
        return whole.constant();
    }

    /** One number, or a category, if it is short of days or has few values. */
    @Override
    public LearnedField learn() {
        List<Part> parts = new ArrayList<>();
        if (bounds.width() > WEEKS * day && fillsWeeks()) {
            parts.addAll(weekly);
        } else if (bounds.width() >= DAYS * day && day > 1) {
            parts.add(days);
            parts.add(weekly.get(weekly.size() - 1));
        }
        return parts.isEmpty() || whole.category()
                ? whole.learn()
                : new TimestampField(source, parts.stream().map(Part::learn).toList(), bounds);
    }

    /**
     * Whether weeks and weekdays go together freely. If only certain days come again and again, as the firsts of months do, they
     * are learned as days, so that no others are made.
     */
    private boolean fillsWeeks() {
        long combinations = (long) weekly.get(0).distinct() * weekly.get(1).distinct();
        return 2L * days.distinct() >= combinations
                || days.learner().statistics().distinctShare() > 0.5;
    }
}
