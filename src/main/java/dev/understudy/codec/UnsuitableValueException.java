package dev.understudy.codec;

/** A value that does not fit its field. */
public final class UnsuitableValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient FieldProblem problem;

    public UnsuitableValueException(FieldProblem problem) {
        super(problem.message());
        this.problem = problem;
    }

    /** Field, code and sentence. */
    public FieldProblem problem() {
        return problem;
    }
}
