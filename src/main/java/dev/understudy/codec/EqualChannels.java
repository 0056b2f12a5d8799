package dev.understudy.codec;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which channels of a series are the same at every step, as a price and the price adjusted for splits are until there is one. A row
 * holds the first of them alone, so that they are equal in whatever is made.
 *
 * @param first for each channel the first that it equals, itself if there is none before it
 */
record EqualChannels(List<Integer> first) {

    EqualChannels {
        first = List.copyOf(first);
    }

    /** The channels that a row holds, ascending. */
    int[] held() {
        return IntStream.range(0, first.size())
                .filter(channel -> first.get(channel) == channel)
                .toArray();
    }

    /** Whether all steps of a series are as they would be made. */
    boolean hold(double[] numbers) {
        return IntStream.range(0, numbers.length).allMatch(i -> numbers[i] == numbers[i - i % first.size() + of(i)]);
    }

    private int of(int index) {
        return first.get(index % first.size());
    }

    /** Watches a stream of series. */
    static final class Finder {
        private final int channels;
        private final BitSet equal;

        Finder(int channels) {
            this.channels = channels;
            this.equal = new BitSet(channels * channels);
            equal.set(0, channels * channels);
        }

        /** Takes {@code [steps, channels]} numbers: pairs that differed once are never looked at again. */
        void observe(double[] numbers) {
            for (int at = 0; at < numbers.length; at += channels) {
                for (int pair = equal.nextSetBit(0); pair >= 0; pair = equal.nextSetBit(pair + 1)) {
                    if (numbers[at + pair / channels] != numbers[at + pair % channels]) {
                        equal.clear(pair);
                    }
                }
            }
        }

        void merge(Finder other) {
            equal.and(other.equal);
        }

        EqualChannels find() {
            return new EqualChannels(IntStream.range(0, channels)
                    .mapToObj(channel -> equal.nextSetBit(channel * channels) - channel * channels)
                    .toList());
        }
    }
}
