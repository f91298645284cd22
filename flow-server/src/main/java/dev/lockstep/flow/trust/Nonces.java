package dev.lockstep.flow.trust;

import dev.lockstep.flow.trust.NotTrustedException.Reason;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The nonces of each peer's requests, as long as their signatures may be within the window. A signature may be a window ahead of our clock,
 * and is accepted for a window after: so each nonce is kept for at least two. There are two generations, and the older one is dropped as a
 * whole. Thread-safe.
 */
final class Nonces {

    private final long generationNanos;
    private final int max;
    private final LongSupplier ticker;
    private final Map<String, OfPeer> peers = new ConcurrentHashMap<>();

    /**
     * None so far.
     *
     * @param window of signatures
     * @param max the most nonces of a peer in a generation
     * @param ticker nanoseconds that only go forward
     */
    Nonces(Duration window, int max, LongSupplier ticker) {
        this.generationNanos = window.multipliedBy(2).toNanos();
        this.max = max;
        this.ticker = ticker;
    }

    /** Takes a nonce, whose signature is good: so strangers cannot fill this memory, and a peer its own part alone. */
    void use(String peer, String nonce) throws NotTrustedException {
        peers.computeIfAbsent(peer, first -> new OfPeer()).use(peer, nonce);
    }

    private final class OfPeer {

        private Set<String> younger = new HashSet<>();
        private Set<String> older = new HashSet<>();
        private long began = ticker.getAsLong();

        synchronized void use(String peer, String nonce) throws NotTrustedException {
            while (ticker.getAsLong() - began >= generationNanos) {
                boolean isLongAgo = ticker.getAsLong() - began >= 2 * generationNanos;
                older = isLongAgo ? new HashSet<>() : younger;
                younger = new HashSet<>();
                began = isLongAgo ? ticker.getAsLong() : began + generationNanos;
            }
            if (younger.contains(nonce) || older.contains(nonce)) {
                throw new NotTrustedException(
                        Reason.REPLAYED,
                        "The nonce " + nonce + " of node '" + peer + "' has been used: sign each request anew");
            }
            if (younger.size() >= max) {
                throw new NotTrustedException(
                        Reason.TOO_MANY,
                        "Node '" + peer + "' has sent more than " + max + " requests in "
                                + Duration.ofNanos(generationNanos).toSeconds() + " s: no more nonces are remembered");
            }
            younger.add(nonce);
        }
    }
}
