package dev.understudy.gan;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a feature of a {@link Var} means: by this, and not by its place, it is the same in another layout of the row. Features that
 * training gives their meaning have none of these.
 */
sealed interface Feature {

    /** The same in the layout before; {@code -1} stands for what was not there. */
    Feature before(Origins origins);

    /** A number of a latent. */
    record Latent(int index) implements Feature {
        @Override
        public Feature before(Origins origins) {
            return this;
        }
    }

    /** A float of the row. */
    record Place(int place) implements Feature {
        @Override
        public Feature before(Origins origins) {
            return new Place(origins.place(place));
        }
    }

    /** On which side of a quantile a float of the row is. */
    record Side(int place, int knot) implements Feature {
        @Override
        public Feature before(Origins origins) {
            return new Side(origins.place(place), knot);
        }
    }

    /** Whether a field is given. */
    record Given(int field) implements Feature {
        @Override
        public Feature before(Origins origins) {
            return new Given(origins.field(field));
        }
    }

    /** What is seen of the separate value at {@code place}: of a whole one by the critic, of a given part by the generator. */
    record Seen(int place, int index) implements Feature {
        @Override
        public Feature before(Origins origins) {
            return new Seen(origins.value(place), index);
        }
    }

    static List<Feature> latents(int count) {
        return IntStream.range(0, count).<Feature>mapToObj(Latent::new).toList();
    }

    /** Floats {@code [from, to)} of the row. */
    static List<Feature> places(int from, int to) {
        return IntStream.range(from, to).<Feature>mapToObj(Place::new).toList();
    }

    static List<Feature> given(int fields) {
        return IntStream.range(0, fields).<Feature>mapToObj(Given::new).toList();
    }

    static List<Feature> seen(int place, int count) {
        return IntStream.range(0, count)
                .<Feature>mapToObj(index -> new Seen(place, index))
                .toList();
    }
}
