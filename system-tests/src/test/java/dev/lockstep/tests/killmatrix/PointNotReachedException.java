package dev.lockstep.tests.killmatrix;

/** The transaction took another way than the cell supposes, so nothing was tried. */
class PointNotReachedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    PointNotReachedException(String message) {
        super(message);
    }
}
