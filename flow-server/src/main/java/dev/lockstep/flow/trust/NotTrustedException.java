package dev.lockstep.flow.trust;

import dev.lockstep.flow.observe.Refusal;
import java.time.Duration;

/** A request or an answer whose signature is not accepted. A request is answered with 401 {@code flow-not-trusted} and this message. */
public final class NotTrustedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why, for counting. */
    public enum Reason {
        /** There is no signature. */
        UNSIGNED(Refusal.UNSIGNED),
        /** The header is not as it must be. */
        MALFORMED(Refusal.UNSIGNED),
        /** The peers file has no such node. */
        UNKNOWN_NODE(Refusal.UNKNOWN_PEER),
        /** Signed with another key, or altered on its way. */
        WRONG_MAC(Refusal.WRONG_KEY),
        /** The answer is not to this request. */
        OTHER_REQUEST(Refusal.REPEATED),
        /** The sender's clock differs by more than the window. */
        CLOCK_OFF(Refusal.CLOCK),
        /** Signed before this process began to remember nonces. */
        OLDER_THAN_PROCESS(Refusal.REPEATED),
        /** The nonce has been used. */
        REPLAYED(Refusal.REPEATED),
        /** The sender has sent more requests within the window than are remembered. */
        TOO_MANY(Refusal.TOO_MANY);

        private final Refusal refusal;

        Reason(Refusal refusal) {
            this.refusal = refusal;
        }

        /** {@return what it counts as} */
        public Refusal refusal() {
            return refusal;
        }
    }

    private final Reason reason;
    private final Duration skew;

    NotTrustedException(Reason reason, String detail) {
        this(reason, detail, Duration.ZERO);
    }

    NotTrustedException(Reason reason, String detail, Duration skew) {
        super(detail);
        this.reason = reason;
        this.skew = skew;
    }

    /** {@return why} */
    public Reason reason() {
        return reason;
    }

    /** {@return how far the sender's clock is ahead of this server's, negative if behind; zero if that was not measured} */
    public Duration skew() {
        return skew;
    }
}
