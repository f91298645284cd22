package dev.lockstep.flow.trust;

import java.net.URI;
import java.util.List;

/**
 * A server that this one trusts in flows, from the peers file.
 *
 * @param name its node name, as it signs
 * @param application where its applications are; calls to below it may carry a flow
 * @param protocol where its protocol listens
 * @param keys one or two keys of this pair of servers; the first signs, each is accepted; none of this server itself
 */
public record Peer(String name, URI application, URI protocol, List<byte[]> keys) {

    /** Copies the list. */
    public Peer {
        keys = List.copyOf(keys);
    }

    /**
     * Tells whether an address is below this peer's applications.
     *
     * @param target an absolute address
     * @return whether a call to it may carry a flow
     */
    public boolean serves(URI target) {
        URI plain = target.normalize();
        return plain.getHost() != null
                && application.getScheme().equalsIgnoreCase(plain.getScheme())
                && application.getHost().equalsIgnoreCase(plain.getHost())
                && port(application) == port(plain)
                && isBelow(plain.getRawPath());
    }

    private boolean isBelow(String path) {
        String base = application.getRawPath();
        String folder = base.endsWith("/") ? base : base + "/";
        return (path + "/").startsWith(folder);
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return address.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    @Override
    public String toString() {
        return name; // never a key
    }
}
