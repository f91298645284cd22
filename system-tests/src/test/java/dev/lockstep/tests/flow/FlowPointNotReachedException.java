package dev.lockstep.tests.flow;

/** A flow did not come to the point at which it was to be held. */
final class FlowPointNotReachedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FlowPointNotReachedException(String cell) {
        super("The flow did not come to the point: " + cell);
    }
}
