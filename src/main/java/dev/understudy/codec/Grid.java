package dev.understudy.codec;

/**
 * The resolution of a column of numbers: all are whole multiples of {@code step / 10^decimals}.
 *
 * @param step greatest common divisor of whole numbers; 1 for others; 0 if there is no grid
 * @param decimals places after the point
 */
record Grid(long step, int decimals) {
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

    Grid {
        if (step < 0 || decimals < 0 || decimals >= POWERS.length) {
            throw new IllegalArgumentException("A grid of step " + step + " and " + decimals + " decimals");
        }
    }

    /** The multiple nearest to a number. */
    double snap(double number) {
        if (step == 0) {
            return number;
        }
        double scaled = number * POWERS[decimals];
        return Math.rint(scaled / step) * step / POWERS[decimals];
    }

    /** Half the distance of neighbours; 0 if there is no grid. */
    double half() {
        return step / POWERS[decimals] / 2;
    }

    /** Finds the grid of a stream of numbers. */
    static final class Finder {
        private final boolean integral;
        private final double precision;
        private final int mostDecimals;
        private long step;
        private int decimals;

        Finder(NumberType type) {
            this.integral = type.integral();
            this.precision = type.singlePrecision() ? 1.2e-7 : 4.5e-16;
            this.mostDecimals = type.singlePrecision() ? 5 : POWERS.length - 1;
        }

        void add(double number) {
            if (integral) {
                step = divisor(step, (long) Math.abs(number));
            } else {
                while (decimals <= mostDecimals && !fits(number)) {
                    decimals++;
                }
            }
        }

        void merge(Finder other) {
            step = divisor(step, other.step);
            decimals = Math.max(decimals, other.decimals);
        }

        private static long divisor(long a, long b) {
            while (b != 0) {
                long rest = a % b;
                a = b;
                b = rest;
            }
            return a;
        }

        private boolean fits(double number) {
            double scaled = Math.abs(number) * POWERS[decimals];
            return Math.abs(scaled - Math.rint(scaled)) <= scaled * precision;
        }

        Grid grid() {
            if (integral) {
                return new Grid(Math.max(1, step), 0);
            }
            return decimals <= mostDecimals ? new Grid(1, decimals) : new Grid(0, 0);
        }
    }
}
