package dev.understudy.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds timestamps that were never before another one of their record. Each pair that is in order so far keeps the
 * distribution of its distances: at most 28 of them, as no more than {@value #MOST_TIMES} timestamps are compared.
 */
final class OrderLearner {
    static final int MOST_TIMES = 8;

    /** Records with both times below which no order is believed. */
    private static final int ENOUGH = 100;

    /** What {@link #MOST_OF_THEM} of the distances must stay below, as a share of the reference's range. */
    private static final double NARROW = 0.1;

    private static final double MOST_OF_THEM = 0.99;

    private final List<Pair> pairs = new ArrayList<>();

    /**
     * @param learners of all fields
     */
    OrderLearner(List<FieldLearner> learners) {
        int[] times = IntStream.range(0, learners.size())
                .filter(i -> learners.get(i) instanceof TimestampLearner)
                .limit(MOST_TIMES)
                .toArray();
        for (int first : times) {
            for (int second : times) {
                if (first != second) {
                    pair(first, (TimestampLearner) learners.get(first), second, (TimestampLearner)
                            learners.get(second));
                }
            }
        }
    }

    private void pair(int first, TimestampLearner reference, int second, TimestampLearner follower) {
        if (reference.source().time().equals(follower.source().time())) {
            pairs.add(new Pair(first, reference, second, follower));
        }
    }

    /** Takes the keys of one record, of all fields. */
    void observe(Object[] keys) {
        pairs.removeIf(pair -> pair.brokenBy(keys));
    }

    /** Takes what another learner of the same fields has seen; what is out of order there is out of order. */
    void merge(OrderLearner other) {
        pairs.removeIf(pair -> !pair.merge(other.pairs));
    }

    /** The followers by the index of their field. */
    Map<Integer, FollowerField> learn() {
        Map<Integer, Pair> closest = new HashMap<>();
        pairs.stream()
                .filter(pair -> pair.convincing() && !pair.backwards(pairs))
                .forEach(pair -> closest.merge(pair.second, pair, Pair::closer));
        Map<Integer, FollowerField> followers = new HashMap<>();
        closest.forEach((index, pair) -> followers.put(index, pair.learn()));
        return followers;
    }

    /** Two timestamps, as long as the second is never before the first nor there without it. */
    private static final class Pair {
        private final int first;
        private final TimestampLearner reference;
        private final int second;
        private final TimestampLearner follower;
        private final NumberField.Learner since;
        private Bounds distances = Bounds.NONE;

        Pair(int first, TimestampLearner reference, int second, TimestampLearner follower) {
            this.first = first;
            this.reference = reference;
            this.second = second;
            this.follower = follower;
            this.since = new NumberField.Learner(FollowerField.since(follower.source()));
        }

        boolean brokenBy(Object[] keys) {
            if (keys[second] == null) {
                since.observe(null);
                return false;
            }
            double distance = FollowerField.distance(keys[first], keys[second]);
            if (!(distance >= 0)) {
                return true;
            }
            since.observe(distance);
            distances = distances.with(distance);
            return false;
        }

        /** Takes what the same pair has seen elsewhere; false if it is not among those that are in order. */
        boolean merge(List<Pair> others) {
            Optional<Pair> same = others.stream()
                    .filter(other -> other.first == first && other.second == second)
                    .findFirst();
            same.ifPresent(other -> {
                since.merge(other.since);
                distances = distances.with(other.distances);
            });
            return same.isPresent();
        }

        boolean convincing() {
            return since.statistics().total() >= ENOUGH
                    && spread() < NARROW * reference.bounds().width();
        }

        private double spread() {
            Weighted sample = since.statistics().sample();
            return new Distribution.Steps(sample.numbers(), sample.weights()).quantile(MOST_OF_THEM);
        }

        /** Whether both are always the same, and this is the pair whose follower comes first: so no circle closes. */
        boolean backwards(List<Pair> pairs) {
            return second < first && pairs.stream().anyMatch(pair -> pair.first == second && pair.second == first);
        }

        /** The one with the smaller distances, this one among equals. */
        Pair closer(Pair other) {
            return other.spread() < spread() ? other : this;
        }

        FollowerField learn() {
            return new FollowerField(
                    follower.source(), reference.source().name(), since.learn(), distances, follower.bounds());
        }
    }
}
