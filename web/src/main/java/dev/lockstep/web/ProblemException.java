package dev.lockstep.web;

/** Ends a request with a {@link Problem}. */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /**
     * Ends the request.
     *
     * @param problem what to answer, not null
     */
    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /** {@return what to answer} */
    public Problem problem() {
        return problem;
    }
}
