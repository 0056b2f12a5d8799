package dev.understudy.gan;

/**
 * The critic estimates the distance between the two distributions, and the generator shortens it.
 *
 * <p><em>Source</em>: Arjovsky et al. 2017, arXiv 1701.07875, algorithm 1; its penalty is {@link GradientPenalty#ONE_CENTRED}.
 */
record Wasserstein() implements Loss {

    @Override
    public String critic() {
        return "fake - real";
    }

    @Override
    public String generator() {
        return "-fake";
    }
}
