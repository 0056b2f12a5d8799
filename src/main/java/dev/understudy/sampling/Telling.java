package dev.understudy.sampling;

/** Bounds what is repeated of a request in what is told of it: an outcome must fit its topic, whatever was asked. */
final class Telling {
    /** Above what an id may have, so that one which is a little too long is refused under itself. */
    private static final int LONGEST_NAME = 1_000;

    private static final int LONGEST_MODEL = 100;

    private Telling() {}

    /**
     * Makes sure that somebody can be told under a name.
     *
     * @throws IllegalArgumentException if not; the record that brought it belongs to the dead letters
     */
    static void requireName(String name) {
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("a request's id must have at most 200 characters, and nobody can be told"
                    + " under one of " + name.length());
        }
    }

    /** The name of a model, as much of it as a model's may have. */
    static String model(String name) {
        return name.length() <= LONGEST_MODEL ? name : name.substring(0, LONGEST_MODEL) + "...";
    }
}
