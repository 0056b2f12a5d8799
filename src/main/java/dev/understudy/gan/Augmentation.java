package dev.understudy.gan;

/**
 * How much the critic is kept from memorising few records, by changing rows before it sees them, real and made ones alike.
 *
 * <p>Fields of tables are swapped at a constant rate: swap noise, so that no row is seen twice as a whole. Images are moved. How
 * often follows from how well the critic tells rows that it was trained on from rows held out: {@code r} = E[sign(D(seen) -
 * D(unseen))], 0 for a critic that does not know them apart, however weak the generator, 1 for one that knows them by heart.
 * While data are plenty it is never.
 *
 * <p><em>Source</em>: Karras et al. 2020, arXiv 2006.06676, section 3; the sign of the difference is taken over all pairs, so
 * that {@code r} has no unit and needs no threshold of its own.
 *
 * @param target of {@code r}, 0 to 1; .3. Smaller: moves earlier, which costs detail while the critic does no harm yet, and
 *     below .1 now and then for no reason, as {@code r} of a few hundred rows is known to about .05
 * @param speed by which the share of moved rows grows at each look, times {@code r - target}, 0 to 10; 1. Faster: over-fitting is
 *     met earlier, and overshot
 * @param most share of rows that are moved, 0 for none ever, to .9; .8, and 0 in classic. Larger: more is held against
 *     over-fitting, until the generator makes moved images as well
 * @param swaps share of choices and scalars that are replaced by those of other real rows, 0 to .5; .1 in tables, else 0. Larger:
 *     less is memorised, and how many fields go together is learned more slowly
 */
public record Augmentation(double target, double speed, double most, double swaps) {

    /** None, whatever happens: of recipes that say nothing of it. */
    static final Augmentation OFF = new Augmentation(0, 0, 0, 0);

    public Augmentation {
        Range.check("augmentation.target", target, 0, 1);
        Range.check("augmentation.speed", speed, 0, 10);
        Range.check("augmentation.most", most, 0, .9);
        Range.check("augmentation.swaps", swaps, 0, .5);
    }

    /**
     * The share of rows to move from now on.
     *
     * @param share so far
     * @param overfitting {@code r}
     */
    float after(float share, double overfitting) {
        return (float) Math.max(0, Math.min(most, share + speed * (overfitting - target)));
    }

    /**
     * {@code r} over all pairs: twice the area under the ROC curve, less one.
     *
     * @param seen scores of rows trained on, {@code [any]}
     * @param unseen scores of others, {@code [any]}
     */
    static double overfitting(float[] seen, float[] unseen) {
        long sum = 0;
        for (float one : seen) {
            for (float other : unseen) {
                sum += one > other ? 1 : one < other ? -1 : 0;
            }
        }
        return (double) sum / ((long) seen.length * unseen.length);
    }
}
