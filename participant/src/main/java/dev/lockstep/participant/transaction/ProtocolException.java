package dev.lockstep.participant.transaction;

import java.util.Map;
import javax.transaction.xa.XAException;

/** An XA error that says what was tried, on which branch, and why it failed. */
public final class ProtocolException extends XAException {

    private static final long serialVersionUID = 1L;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(XA_RBROLLBACK, "XA_RBROLLBACK"),
            Map.entry(XA_RBINTEGRITY, "XA_RBINTEGRITY"),
            Map.entry(XA_RBDEADLOCK, "XA_RBDEADLOCK"),
            Map.entry(XA_RBTRANSIENT, "XA_RBTRANSIENT"),
            Map.entry(XA_RBTIMEOUT, "XA_RBTIMEOUT"),
            Map.entry(XA_RBPROTO, "XA_RBPROTO"),
            Map.entry(XA_HEURRB, "XA_HEURRB"),
            Map.entry(XA_HEURCOM, "XA_HEURCOM"),
            Map.entry(XA_HEURMIX, "XA_HEURMIX"),
            Map.entry(XAER_RMERR, "XAER_RMERR"),
            Map.entry(XAER_NOTA, "XAER_NOTA"),
            Map.entry(XAER_INVAL, "XAER_INVAL"),
            Map.entry(XAER_PROTO, "XAER_PROTO"),
            Map.entry(XAER_OUTSIDE, "XAER_OUTSIDE"),
            Map.entry(XAER_RMFAIL, "XAER_RMFAIL"));

    /**
     * An error of XA.
     *
     * @param errorCode one of {@link XAException}'s
     * @param message what was tried and what is the case, with all values
     * @param cause what the driver said, or null
     */
    public ProtocolException(int errorCode, String message, Throwable cause) {
        super(NAMES.getOrDefault(errorCode, "XA error " + errorCode) + ": " + message
                + (cause == null ? "" : ": " + cause.getMessage()));
        this.errorCode = errorCode;
        initCause(cause);
    }
}
