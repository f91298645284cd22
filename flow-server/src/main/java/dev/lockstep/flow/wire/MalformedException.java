package dev.lockstep.flow.wire;

/** A body that is not as it must be. The message names the field, and the limit. */
final class MalformedException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedException(String detail) {
        super(detail);
    }
}
