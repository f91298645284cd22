package dev.lockstep.flow.trust;

/** A request that this server signed; only an answer to its nonce, signed with its key, is an answer. */
public final class Sent {

    private final Peer to;
    private final Signature signature;
    private final byte[] key;

    Sent(Peer to, Signature signature, byte[] key) {
        this.to = to;
        this.signature = signature;
        this.key = key.clone();
    }

    /** {@return who is asked} */
    public Peer to() {
        return to;
    }

    /** {@return the value of the header {@link Signatures#HEADER}} */
    public String header() {
        return signature.toString();
    }

    String nonce() {
        return signature.nonce();
    }

    byte[] key() {
        return key.clone();
    }
}
