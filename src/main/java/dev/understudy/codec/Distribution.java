package dev.understudy.codec;

import java.util.Arrays;

/** A distribution of numbers and its inverse. Immutable. */
sealed interface Distribution {
    /** Most numbers that are kept. */
    int RESOLUTION = 2_048;

    /** How many numbers it was learned from, or {@link #RESOLUTION} if they were more and are not counted. */
    long sample();

    /** The number at a probability from 0 to 1. */
    double quantile(double probability);

    /** Probability of less than a number. */
    double below(double number);

    /** Probability of at most a number. */
    double upTo(double number);

    /**
     * A sample's own distribution where numbers repeat (then only they come out), and the line through its order statistics
     * where nearly all differ or there are too many to keep.
     */
    static Distribution of(Weighted sample) {
        boolean tied = sample.distinct() * 2L <= sample.total();
        return tied && sample.distinct() <= RESOLUTION
                ? new Steps(sample.numbers(), sample.weights())
                : Line.through(sample);
    }

    /** Only the numbers that occurred, each as often as it did. */
    final class Steps implements Distribution {
        private final double[] numbers;
        private final long[] weights;
        private final double[] cumulative;

        Steps(double[] numbers, long[] weights) {
            this.numbers = numbers;
            this.weights = weights;
            this.cumulative = new double[weights.length];
            double total = Arrays.stream(weights).sum();
            long sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i];
                cumulative[i] = sum / total;
            }
        }

        double[] numbers() {
            return numbers;
        }

        long[] weights() {
            return weights;
        }

        @Override
        public long sample() {
            return Arrays.stream(weights).sum();
        }

        @Override
        public double quantile(double probability) {
            int found = Arrays.binarySearch(cumulative, probability);
            int step = found >= 0 ? found + 1 : -found - 1;
            return numbers[Math.min(step, numbers.length - 1)];
        }

        @Override
        public double below(double number) {
            int found = Arrays.binarySearch(numbers, number);
            return before(found >= 0 ? found : -found - 1);
        }

        @Override
        public double upTo(double number) {
            int found = Arrays.binarySearch(numbers, number);
            return before(found >= 0 ? found + 1 : -found - 1);
        }

        private double before(int index) {
            return index == 0 ? 0 : cumulative[index - 1];
        }
    }

    /** Straight lines between quantiles at equal distances of probability. */
    final class Line implements Distribution {
        private final double[] knots;

        Line(double[] knots) {
            this.knots = knots;
        }

        static Line through(Weighted sample) {
            long total = sample.total();
            double[] knots = new double[(int) Math.max(2, Math.min(RESOLUTION, total))];
            int index = 0;
            long upTo = sample.weights()[0];
            for (int k = 0; k < knots.length; k++) {
                double rank = (double) (k * (total - 1)) / (knots.length - 1);
                long floor = (long) Math.floor(rank);
                while (upTo <= floor) {
                    upTo += sample.weights()[++index];
                }
                double here = sample.numbers()[index];
                double next = floor + 1 < upTo || index + 1 == sample.distinct() ? here : sample.numbers()[index + 1];
                knots[k] = here + (next - here) * (rank - floor);
            }
            return new Line(knots);
        }

        double[] knots() {
            return knots;
        }

        @Override
        public long sample() {
            return knots.length;
        }

        @Override
        public double quantile(double probability) {
            double at = Math.max(0, Math.min(1, probability)) * (knots.length - 1);
            int left = Math.min((int) at, knots.length - 2);
            return knots[left] + (knots[left + 1] - knots[left]) * (at - left);
        }

        @Override
        public double below(double number) {
            int right = firstAtLeast(number);
            return right == 0 ? 0 : between(right - 1, number);
        }

        @Override
        public double upTo(double number) {
            int right = firstAtLeast(Math.nextUp(number));
            return right == 0 ? 0 : between(right - 1, number);
        }

        private double between(int left, double number) {
            if (left == knots.length - 1) {
                return 1;
            }
            double part = (number - knots[left]) / (knots[left + 1] - knots[left]);
            return (left + part) / (knots.length - 1);
        }

        private int firstAtLeast(double number) {
            int low = 0;
            int high = knots.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (knots[middle] < number) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
