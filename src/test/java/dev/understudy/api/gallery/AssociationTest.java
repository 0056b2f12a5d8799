package dev.understudy.api.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AssociationTest {
    private static final List<Double> X = doubles(1, 2, 2, 3, 5, 8, 8, 9, 10, 12);
    private static final List<Double> Y = doubles(2, 1, 3, 3, 9, 7, 8, 5, 11, 10);

    private static List<Double> doubles(double... numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    /** scipy.stats.spearmanr of the same. */
    @Test
    void rankCorrelationOfNumbers() {
        Association found = Association.of(X, Y);

        assertThat(found.symbol()).isEqualTo("ρ");
        assertThat(found.value()).isCloseTo(0.8470987622662832, within(1e-12));
        assertThat(Association.of(X, X.stream().map(x -> -Math.exp(x)).toList()).value())
                .isCloseTo(-1, within(1e-12));
    }

    /** Bergsma's formula, worked out with NumPy. */
    @Test
    void cramersVOfClasses() {
        List<String> x = repeat("a", 30, "b", 20, "c", 10);
        List<String> y = new ArrayList<>(repeat("u", 25, "v", 5));
        y.addAll(repeat("u", 4, "v", 16));
        y.addAll(repeat("u", 5, "v", 5));

        Association found = Association.of(x, y);

        assertThat(found.symbol()).isEqualTo("V");
        assertThat(found.value()).isCloseTo(0.5491166540030833, within(1e-12));
        assertThat(Association.of(x, x).value()).isCloseTo(1, within(1e-12));
    }

    /** Kelley's formula on ranks, worked out with NumPy. */
    @Test
    void correlationRatioOfANumberInClasses() {
        List<String> classes = List.of("a", "a", "b", "a", "c", "b", "c", "b", "c", "c");

        assertThat(Association.of(X, classes).symbol()).isEqualTo("η");
        assertThat(Association.of(X, classes).value()).isCloseTo(0.6530619581033815, within(1e-12));
        assertThat(Association.of(classes, X)).isEqualTo(Association.of(X, classes));
    }

    @Test
    void recordsThatLackOneAreLeftOut() {
        List<Double> x = new ArrayList<>(X);
        List<Double> y = new ArrayList<>(Y);
        x.addAll(Arrays.asList(null, 100.0, null));
        y.addAll(Arrays.asList(-100.0, null, null));

        assertThat(Association.of(x, y)).isEqualTo(Association.of(X, Y));
        assertThat(Association.of(x.subList(0, 9), y.subList(0, 9)).value()).isZero();
        assertThat(Association.of(List.of(), List.of()).value()).isZero();
    }

    @Test
    void manyClassesDoNotGoTogetherByChance() {
        SplittableRandom random = new SplittableRandom(1);
        List<String> x = draw(random, 40);
        List<String> y = draw(random, 40);
        List<Double> z = random.doubles(500).boxed().toList();

        assertThat(Association.of(x, y).value()).isLessThan(0.1);
        assertThat(Association.of(x, z).value()).isLessThan(0.2);
        assertThat(Association.of(z, Stream.generate(() -> 3.0).limit(500).toList())
                        .value())
                .isZero();
    }

    private static List<String> draw(SplittableRandom random, int classes) {
        return random.ints(500, 0, classes).mapToObj(Integer::toString).toList();
    }

    private static List<String> repeat(Object... valuesAndCounts) {
        return IntStream.range(0, valuesAndCounts.length / 2)
                .boxed()
                .flatMap(i -> Stream.generate(() -> (String) valuesAndCounts[2 * i])
                        .limit((Integer) valuesAndCounts[2 * i + 1]))
                .toList();
    }
}
