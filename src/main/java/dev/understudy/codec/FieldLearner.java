package dev.understudy.codec;

import java.util.Optional;

/** Statistics of one field, in bounded memory. */
interface FieldLearner {

    /**
     * Refuses a value that could not be encoded, before anything is counted.
     *
     * @throws UnsuitableValueException if so
     */
    default void check(Object key) {}

    /** Counts a value; null is missing. */
    void observe(Object key);

    /**
     * Counts all that another learner of the same field has seen, as if it came after what this one has. The other is left as
     * it is.
     */
    void merge(FieldLearner other);

    /** What rules the field out, judged by what was seen. */
    default Optional<FieldProblem> problem() {
        return Optional.empty();
    }

    /** Whether all values so far are the same. */
    boolean constant();

    /** What was learned of the field. */
    LearnedField learn();
}
