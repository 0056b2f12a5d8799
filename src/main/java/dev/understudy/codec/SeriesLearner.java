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
        List<NormalScores> tables = sketches.stream().map(NormalScores::of).toList();
        SeriesField.Scale scale = new SeriesField.Scale(tables, first(tables), next(tables));
        return new SeriesField(source, OptionalField.frequencies(missing, series.offered), scale);
    }

    private Whitening first(List<NormalScores> tables) {
        Whitening.Moments moments = new Whitening.Moments(channels);
        firsts.kept.forEach(numbers -> moments.add(scores(tables, numbers, 0)));
        return moments.whitening();
    }

    private Whitening next(List<NormalScores> tables) {
        Whitening.Moments moments = new Whitening.Moments(channels);
        for (double[] numbers : series.kept) {
            double[] last = scores(tables, numbers, 0);
            for (int at = channels; at < numbers.length; at += channels) {
                double[] here = scores(tables, numbers, at);
                double[] way = here.clone();
                for (int channel = 0; channel < channels; channel++) {
                    way[channel] -= last[channel];
                }
                moments.add(way);
                last = here;
            }
        }
        return moments.whitening();
    }

    private double[] scores(List<NormalScores> tables, double[] numbers, int at) {
        double[] scores = new double[channels];
        for (int channel = 0; channel < channels; channel++) {
            scores[channel] = tables.get(channel).score(numbers[at + channel]);
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
    }
}
