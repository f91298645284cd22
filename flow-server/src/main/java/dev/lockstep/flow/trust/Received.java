package dev.lockstep.flow.trust;

import java.time.Duration;

/** A request whose signature is good; its answer is signed with the same key, over the same nonce. */
public final class Received {

    private final Peer from;
    private final String nonce;
    private final byte[] key;
    private final Duration skew;

    Received(Peer from, String nonce, byte[] key, Duration skew) {
        this.from = from;
        this.nonce = nonce;
        this.key = key.clone();
        this.skew = skew;
    }

    /** {@return who signed it} */
    public Peer from() {
        return from;
    }

    /** {@return how far the sender's clock is ahead of this server's, the way here included; negative if behind} */
    public Duration skew() {
        return skew;
    }

    String nonce() {
        return nonce;
    }

    byte[] key() {
        return key.clone();
    }
}
