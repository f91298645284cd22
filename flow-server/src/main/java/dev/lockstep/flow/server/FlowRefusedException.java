package dev.lockstep.flow.server;

/** A call that cannot take part in a flow. */
public final class FlowRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String problem;

    /**
     * Refuses.
     *
     * @param status the HTTP status: 400, 401, 409, 410, 413 or 503
     * @param problem the last part of the problem type: {@code flow-required}, {@code flow-not-understood}, {@code flow-not-trusted},
     *     {@code flow-refused} or {@code flow-too-many}
     * @param detail what, where and the limit
     */
    public FlowRefusedException(int status, String problem, String detail) {
        super(detail);
        this.status = status;
        this.problem = problem;
    }

    /** {@return the HTTP status} */
    public int status() {
        return status;
    }

    /** {@return the last part of the problem type} */
    public String problem() {
        return problem;
    }
}
