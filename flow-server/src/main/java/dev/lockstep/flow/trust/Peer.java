package dev.lockstep.flow.trust;

import java.net.URI;
import java.util.List;

/**
 * A server that this one trusts in flows, from the peers file.
 *
 * @param name its node name, as it signs
 * @param application where its applications are; calls to below it may carry a flow
 * @param protocol where its protocol listens
 * @param keys one or two keys of this pair of servers; the first signs, each is accepted
 */
public record Peer(String name, URI application, URI protocol, List<byte[]> keys) {

    @Override
    public String toString() {
        return name; // never a key
    }
}
