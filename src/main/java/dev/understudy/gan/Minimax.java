package dev.understudy.gan;

/**
 * One game for both: the generator minimises just what the critic maximises. Its gradient fades while the critic wins.
 *
 * <p><em>Source</em>: Goodfellow et al. 2014, arXiv 1406.2661, equation 1.
 */
record Minimax() implements Loss {

    @Override
    public String critic() {
        return "softplus(-real) + softplus(fake)";
    }

    @Override
    public String generator() {
        return "-softplus(fake)";
    }
}
