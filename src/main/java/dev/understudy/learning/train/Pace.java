package dev.understudy.learning.train;

/**
 * When to train. A new model matures over its horizon, whatever arrives. After that it follows the stream: every record
 * allows so many steps, up to a bound, and while the stream is quiet training goes on over what is remembered for as long as
 * the score still improves by more than its own uncertainty. If it has not for some rounds, and arrivals allow no round
 * either, the learner rests until they do.
 *
 * <p>Immutable: each event gives the next pace.
 */
public sealed interface Pace {

    /**
     * How fast to follow.
     *
     * @param horizonSteps steps by which it has matured
     * @param roundSteps least steps of a round
     * @param stepsPerRecord steps that a new record allows
     * @param patienceRounds rounds without an improvement before a rest
     */
    record Rule(long horizonSteps, int roundSteps, double stepsPerRecord, int patienceRounds) {
        private static final int MOST_ROUNDS = 4;

        /**
         * Steps of the next round: {@code roundSteps}, or while a new model matures a quarter of what it has behind it if that is
         * more, so that looking at the scores costs less and less beside training; at most a tenth of the horizon, and none
         * past it.
         *
         * @param taken steps taken so far
         */
        public int steps(long taken) {
            long left = horizonSteps - taken;
            long grown = Math.max(roundSteps, Math.min(taken / 4, horizonSteps / 10));
            return left <= 0 ? roundSteps : (int) Math.min(left, grown);
        }

        double credited(double credit, long records) {
            return Math.min(MOST_ROUNDS * (double) roundSteps, credit + records * stepsPerRecord);
        }
    }

    /** The pace of a new model. */
    static Pace start() {
        return new Maturing();
    }

    /** Whether a round is due. */
    boolean trains();

    /** The pace after new records arrived. */
    Pace arrived(long records, Rule rule);

    /**
     * The pace after a round.
     *
     * @param steps that the trainer has taken in all
     * @param distance of the candidate, the less the better
     * @param error standard error of the distance
     */
    Pace finished(long steps, double distance, double error, Rule rule);

    /** The pace as a word and numbers, readable by {@link #parse}. */
    String text();

    /** Before the horizon. */
    record Maturing() implements Pace {
        @Override
        public boolean trains() {
            return true;
        }

        @Override
        public Pace arrived(long records, Rule rule) {
            return this;
        }

        @Override
        public Pace finished(long steps, double distance, double error, Rule rule) {
            return steps < rule.horizonSteps() ? this : new Following(0, distance, 0);
        }

        @Override
        public String text() {
            return "maturing";
        }
    }

    /**
     * Training as records arrive, and while it helps.
     *
     * @param credit steps that arrivals allow
     * @param best least distance so far
     * @param stale rounds since it was reached
     */
    record Following(double credit, double best, int stale) implements Pace {
        @Override
        public boolean trains() {
            return true;
        }

        @Override
        public Pace arrived(long records, Rule rule) {
            return new Following(rule.credited(credit, records), best, stale);
        }

        @Override
        public Pace finished(long steps, double distance, double error, Rule rule) {
            double left = Math.max(0, credit - rule.roundSteps());
            if (distance < best - error) {
                return new Following(left, distance, 0);
            }
            boolean tired = stale + 1 >= rule.patienceRounds() && left < rule.roundSteps();
            return tired ? new Resting(left, best) : new Following(left, best, stale + 1);
        }

        @Override
        public String text() {
            return "following " + credit + " " + best + " " + stale;
        }
    }

    /**
     * Waiting for records.
     *
     * @param credit steps that arrivals allow so far
     * @param best least distance so far
     */
    record Resting(double credit, double best) implements Pace {
        @Override
        public boolean trains() {
            return false;
        }

        @Override
        public Pace arrived(long records, Rule rule) {
            double more = rule.credited(credit, records);
            // One round to look; if it brings no improvement, the next rest follows at once.
            return more < rule.roundSteps()
                    ? new Resting(more, best)
                    : new Following(more, best, rule.patienceRounds());
        }

        @Override
        public Pace finished(long steps, double distance, double error, Rule rule) {
            throw new IllegalStateException("a resting learner finished a round");
        }

        @Override
        public String text() {
            return "resting " + credit + " " + best;
        }
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is no pace
     */
    static Pace parse(String text) {
        String[] words = text.split(" ", -1);
        return switch (words[0]) {
            case "maturing" -> new Maturing();
            case "following" ->
                new Following(Double.parseDouble(words[1]), Double.parseDouble(words[2]), Integer.parseInt(words[3]));
            case "resting" -> new Resting(Double.parseDouble(words[1]), Double.parseDouble(words[2]));
            default -> throw new IllegalArgumentException("'" + words[0] + "' is none of maturing, following, resting");
        };
    }
}
