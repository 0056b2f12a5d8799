package dev.understudy.learning.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MeasuresTest {

    @Test
    void kernelDistanceEqualsTheTextbookSum() {
        Points real = new Points(new float[] {1, 0, 0, 1, -1, 2, 0.5f, 0.5f}, 4, 2);
        Points samples = new Points(new float[] {0, 0, 2, 1, 1, 1, -1, 0}, 4, 2);
        Estimate estimate =
                KernelDistance.of(Products.of(real, real), Products.of(real, samples), Products.of(samples, samples));
        double expected = meanKernel(real, real, true)
                + meanKernel(samples, samples, true)
                - 2 * meanKernel(real, samples, false);
        assertThat(estimate.value()).isCloseTo(expected, within(1e-9));
    }

    @Test
    void kernelDistanceIsUnbiasedAroundZero() {
        double sum = 0;
        for (int seed = 0; seed < 20; seed++) {
            Exam exam = new Exam(Rows.SHAPE, 7, Rows.real(100 + seed, 100), Rows.real(2, 10));
            sum += exam.take(Rows.real(200 + seed, 100))
                    .orElseThrow()
                    .kernelDistance()
                    .value();
        }
        double ofAnother = new Exam(Rows.SHAPE, 7, Rows.real(1, 100), Rows.real(2, 10))
                .take(Rows.of(3, 100, 0.5, 0.3))
                .orElseThrow()
                .kernelDistance()
                .value();
        assertThat(sum / 20).isCloseTo(0, within(0.1 * ofAnother));
    }

    @Test
    void jackknifeGivesTheTextbookErrorOfAMean() {
        double[] values = {1, 2, 4, 7};
        double[] leftOut = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            leftOut[i] = (14 - values[i]) / 3;
        }
        // The sample variance of the values is 7, so the error of their mean is sqrt(7 / 4).
        assertThat(new Estimate(3.5, leftOut).error()).isCloseTo(Math.sqrt(7.0 / 4), within(1e-12));
    }

    @Test
    void neighboursOfAHandMadeExample() {
        Points real = line(0, 1, 2, 3, 4, 5, 6);
        Points samples = line(0.5f, 0.6f, 0.7f, 50, 51, 52, 53);
        Neighbours neighbours =
                Neighbours.of(Products.of(real, real), Products.of(real, samples), Products.of(samples, samples));
        // With five neighbours the balls of 0 to 3 reach the samples at 0.5 to 0.7, those of 4 to 6 just miss them.
        assertThat(neighbours.precision()).isCloseTo(3 / 7.0, within(1e-9));
        assertThat(neighbours.coverage()).isCloseTo(4 / 7.0, within(1e-9));
    }

    @Test
    void everyMeasureHasANameOfItsOwn() {
        assertThat(Measure.ALL).extracting(Measure::name).doesNotHaveDuplicates();
        Exam exam = new Exam(Rows.SHAPE, 7, Rows.real(1, 50), Rows.real(2, 50));
        assertThat(exam.take(Rows.real(3, 50)).orElseThrow().scores())
                .hasSize(Measure.ALL.size())
                .allSatisfy((name, score) -> assertThat(score).as(name).isFinite());
    }

    private static Points line(float... values) {
        return new Points(values, values.length, 1);
    }

    private static double meanKernel(Points a, Points b, boolean skipDiagonal) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < a.count(); i++) {
            for (int j = 0; j < b.count(); j++) {
                if (!skipDiagonal || i != j) {
                    double dot = a.values()[2 * i] * b.values()[2 * j] + a.values()[2 * i + 1] * b.values()[2 * j + 1];
                    sum += Math.pow(dot / 2 + 1, 3);
                    count++;
                }
            }
        }
        return sum / count;
    }
}
