package dev.lockstep.flow;

/** WCF's {@code TransactionFlowOption}: whether a method takes part in its caller's transaction. */
public enum TransactionFlowOption {
    /** Never: a request that bears a flow is refused, and a typed client sends none. The default. */
    NOT_ALLOWED,
    /** With the caller's transaction if there is one. */
    ALLOWED,
    /** Only with the caller's transaction: without one the request is refused, and a typed client does not even send it. */
    MANDATORY
}
