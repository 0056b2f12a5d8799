package dev.understudy.gan;

/**
 * Like a support vector machine, the critic stops pulling at pairs that are apart by a margin.
 *
 * <p><em>Source</em>: Lim and Ye 2017, arXiv 1705.02894; Miyato et al. 2018, arXiv 1802.05957, equations 16 and 17.
 */
record Hinge() implements Loss {

    @Override
    public String critic() {
        return "relu(1. - real) + relu(1. + fake)";
    }

    @Override
    public String generator() {
        return "-fake";
    }
}
