package dev.lockstep.flow.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a peer was last heard of.
 *
 * @param name its node name
 * @param heard when it last sent or answered a message whose signature was good; empty if never since this server started
 * @param failed when it last gave no answer; empty if it always did
 * @param reason what came instead of the answer then; else empty
 * @param skew by how much its clock is ahead of this server's, as its last signed message showed; negative if it is behind
 */
public record PeerContact(
        String name, Optional<Instant> heard, Optional<Instant> failed, String reason, Optional<Duration> skew) {

    /** {@return whether the last that is known of it is an answer or a message; true for a peer of which nothing is known yet} */
    public boolean isReachable() {
        return failed.isEmpty() || heard.filter(failed.get()::isBefore).isPresent();
    }
}
