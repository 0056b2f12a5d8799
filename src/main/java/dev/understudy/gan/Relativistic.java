package dev.understudy.gan;

/**
 * Each row is judged against its partner: the critic wants the real one above the fake, the generator the reverse.
 *
 * <p><em>Source</em>: relativistic pairing, Jolicoeur-Martineau 2019, arXiv 1807.00734; with R1 and R2, Huang et al. 2024, arXiv
 * 2501.05441, equations 2 to 4.
 */
record Relativistic() implements Loss {

    @Override
    public String critic() {
        return "softplus(fake - real)";
    }

    @Override
    public String generator() {
        return "softplus(real - fake)";
    }
}
