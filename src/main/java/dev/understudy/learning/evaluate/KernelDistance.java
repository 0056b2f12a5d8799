package dev.understudy.learning.evaluate;

import java.util.stream.IntStream;

/**
 * The kernel distance of samples from real points: the unbiased squared maximum mean discrepancy under the kernel
 * {@code (x·y / width + 1)³}; near 0, also below, for samples like the real ones.
 *
 * <p><em>Source</em>: Binkowski et al. 2018, "Demystifying MMD GANs", arXiv 1801.01401, section 4.
 */
final class KernelDistance {
    private static final int MAX_BLOCKS = 20;

    private KernelDistance() {}

    /**
     * Estimates it with the uncertainty that comes from both sides.
     *
     * @param real products of the real points with themselves
     * @param cross of the real points with the samples
     * @param samples of the samples with themselves, as many as real points
     */
    static Estimate of(Products real, Products cross, Products samples) {
        int blocks = Math.min(MAX_BLOCKS, real.rows() / 2);
        BlockSums within = BlockSums.offDiagonal(real, blocks);
        BlockSums between = BlockSums.all(cross, blocks);
        BlockSums among = BlockSums.offDiagonal(samples, blocks);
        double[] leftOut = IntStream.range(0, blocks)
                .mapToDouble(b -> within.meanWithout(b) + among.meanWithout(b) - 2 * between.meanWithout(b))
                .toArray();
        return new Estimate(within.mean() + among.mean() - 2 * between.mean(), leftOut);
    }

    /** Kernel values summed by block of rows and block of columns, so that a block can be taken off again. */
    private record BlockSums(double[][] sums, long[][] counts) {

        static BlockSums offDiagonal(Products products, int blocks) {
            BlockSums sums = all(products, blocks);
            for (int i = 0; i < products.rows(); i++) {
                int block = block(i, products.rows(), blocks);
                sums.sums[block][block] -= kernel(products, i, i);
                sums.counts[block][block]--;
            }
            return sums;
        }

        static BlockSums all(Products products, int blocks) {
            BlockSums sums = new BlockSums(new double[blocks][blocks], new long[blocks][blocks]);
            for (int i = 0; i < products.rows(); i++) {
                int rowBlock = block(i, products.rows(), blocks);
                for (int j = 0; j < products.columns(); j++) {
                    int columnBlock = block(j, products.columns(), blocks);
                    sums.sums[rowBlock][columnBlock] += kernel(products, i, j);
                    sums.counts[rowBlock][columnBlock]++;
                }
            }
            return sums;
        }

        private static int block(int index, int count, int blocks) {
            return (int) ((long) index * blocks / count);
        }

        private static double kernel(Products products, int row, int column) {
            double base = products.values()[row * products.columns() + column] / products.width() + 1.0;
            return base * base * base;
        }

        double mean() {
            return meanWithout(-1);
        }

        double meanWithout(int block) {
            double sum = 0;
            long count = 0;
            for (int a = 0; a < sums.length; a++) {
                for (int b = 0; b < sums.length; b++) {
                    if (a != block && b != block) {
                        sum += sums[a][b];
                        count += counts[a][b];
                    }
                }
            }
            return sum / count;
        }
    }
}
