package dev.understudy.api.gallery;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The same of real and of synthetic records, one element a record; null where a record has none. Either may be empty. */
record Sides<T>(List<T> real, List<T> synthetic) {

    List<T> of(Side side) {
        return side == Side.REAL ? real : synthetic;
    }

    Stream<T> both() {
        return Stream.concat(real.stream(), synthetic.stream());
    }

    <R> Sides<R> map(Function<? super T, ? extends R> function) {
        return new Sides<>(each(real, function), each(synthetic, function));
    }

    private static <T, R> List<R> each(List<T> list, Function<? super T, ? extends R> function) {
        return list.stream().<R>map(function).toList();
    }

    /** The first of each side. */
    Sides<T> first(int most) {
        return new Sides<>(
                real.subList(0, Math.min(most, real.size())), synthetic.subList(0, Math.min(most, synthetic.size())));
    }

    /** Elements of the longer side. */
    int longest() {
        return Math.max(real.size(), synthetic.size());
    }

    /** Share of a side's records that have none, from 0 to 1. */
    double missing(Side side) {
        List<T> values = of(side);
        return values.isEmpty()
                ? 0
                : values.stream().filter(value -> value == null).count() / (double) values.size();
    }
}
