package dev.understudy.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.datasketches.kll.KllDoublesSketch;

/**
 * Collects what a series' scale is learned from: the distribution of each channel by a sketch of all numbers, and how the
 * channels go together by a uniform sample of the series, of at most {@value #MOST_SERIES} or 8 MiB, as that can be told only
 * when the distributions are known.
 */
final class SeriesLearner implements FieldLearner {
    private static final int MOST_SERIES = 4_096;
    private static final int MOST_NUMBERS = 1 << 20;
    private static final int SKETCH_SIZE = 4_096;

    private final SchemaField source;
    private final NumberArrays arrays;
    private final int channels;
    private final List<KllDoublesSketch> sketches;
    private final Reservoir firsts;
    private final Reservoir series;
    private final EqualChannels.Finder equal;
    private long missing;

    SeriesLearner(SchemaField source) {
        int steps = source.hint().shape().get(0);
        this.source = source;
        this.arrays = new NumberArrays(source);
        this.channels = source.hint().shape().get(1);
        this.sketches = Stream.generate(() -> KllDoublesSketch.newHeapInstance(SKETCH_SIZE))
                .limit(channels)
                .toList();
        this.firsts = new Reservoir(MOST_SERIES);
        this.series = new Reservoir(Math.min(MOST_SERIES, MOST_NUMBERS / (steps * channels)));
        this.equal = new EqualChannels.Finder(channels);
    }

    @Override
    public void check(Object key) {
        if (key != null) {
            arrays.numbers(key);
        }
    }

    @Override
    public void observe(Object key) {
        if (key == null) {
            missing++;
            return;
        }
        double[] numbers = arrays.numbers(key);
        for (int i = 0; i < numbers.length; i++) {
            sketches.get(i % channels).update(numbers[i]);
        }
        firsts.offer(Arrays.copyOf(numbers, channels));
        series.offer(numbers);
        equal.observe(numbers);
    }

    @Override
    public void merge(FieldLearner other) {
        SeriesLearner more = (SeriesLearner) other;
        missing += more.missing;
        for (int i = 0; i < channels; i++) {
            sketches.get(i).merge(more.sketches.get(i));
        }
        firsts.merge(more.firsts);
        series.merge(more.series);
        equal.merge(more.equal);
    }

    @Override
    public boolean constant() {
        return series.offered == 0;
    }

    @Override
    public LearnedField learn() {
        if (constant()) {
            return new ConstantField(source, null);
        }
        EqualChannels found = equal.find();
        int[] held = found.held();
        List<NormalScores> tables = Arrays.stream(held)
                .mapToObj(channel -> NormalScores.of(sketches.get(channel)))
                .toList();
        SeriesField.Scale scale = new SeriesField.Scale(found, tables, first(tables, held), next(tables, held));
        return new SeriesField(source, OptionalField.frequencies(missing, series.offered), scale);
    }

    private Whitening first(List<NormalScores> tables, int[] held) {
        Whitening.Moments moments = new Whitening.Moments(held.length);
        firsts.kept.forEach(numbers -> moments.add(scores(tables, held, numbers, 0)));
        return moments.whitening();
    }

    private Whitening next(List<NormalScores> tables, int[] held) {
        Whitening.Moments moments = new Whitening.Moments(held.length);
        for (double[] numbers : series.kept) {
            double[] last = scores(tables, held, numbers, 0);
            for (int at = channels; at < numbers.length; at += channels) {
                double[] here = scores(tables, held, numbers, at);
                double[] way = here.clone();
                for (int i = 0; i < held.length; i++) {
                    way[i] -= last[i];
                }
                moments.add(way);
                last = here;
            }
        }
        return moments.whitening();
    }

    private static double[] scores(List<NormalScores> tables, int[] held, double[] numbers, int at) {
        double[] scores = new double[held.length];
        for (int i = 0; i < held.length; i++) {
            scores[i] = tables.get(i).score(numbers[at + held[i]]);
        }
        return scores;
    }

    /** A uniform sample of a stream (Vitter 1985, algorithm R); the same for the same stream. */
    private static final class Reservoir {
        private final int capacity;
        private final SplittableRandom draws = new SplittableRandom(0);
        private final List<double[]> kept = new ArrayList<>();
        private long offered;

        Reservoir(int capacity) {
            this.capacity = capacity;
        }

        void offer(double[] numbers) {
            offered++;
            if (kept.size() < capacity) {
                kept.add(numbers);
                return;
            }
            long place = draws.nextLong(offered);
            if (place < capacity) {
                kept.set((int) place, numbers);
            }
        }

        /** A uniform sample of both streams: each place goes to one of them by how much of it is left. */
        void merge(Reservoir other) {
            if (offered + other.offered <= capacity) {
                kept.addAll(other.kept);
            } else {
                mix(other);
            }
            offered += other.offered;
        }

        private void mix(Reservoir other) {
            List<double[]> mine = new ArrayList<>(kept);
            List<double[]> others = new ArrayList<>(other.kept);
            long left = offered;
            long leftOfOthers = other.offered;
            kept.clear();
            while (kept.size() < capacity) {
                if (draws.nextLong(left + leftOfOthers) < left) {
                    kept.add(takeAny(mine));
                    left--;
                } else {
                    kept.add(takeAny(others));
                    leftOfOthers--;
                }
            }
        }

        private double[] takeAny(List<double[]> from) {
            return from.remove(draws.nextInt(from.size()));
        }
    }
}
