package dev.understudy.gan;

/**
 * The critic tells real from fake; the generator maximises the chance that its rows pass for real.
 *
 * <p><em>Source</em>: Goodfellow et al. 2014, arXiv 1406.2661, section 3 (the loss recommended there for the generator).
 */
record NonSaturating() implements Loss {

    @Override
    public String critic() {
        return "softplus(-real) + softplus(fake)";
    }

    @Override
    public String generator() {
        return "softplus(-fake)";
    }
}
