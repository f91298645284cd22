package dev.lockstep.flow.trust;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the text of a peers file: a line for each node, {@code name = application | protocol | key [key]}, that of this node without a key.
 * Empty lines, and those that begin with {@code #}, are for people. It goes on after a fault, so as to tell all of them.
 */
final class PeersText {

    static final int PEERS_MAX = 100;
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}|localhost|\\[::1]");
    private static final int FIELDS_OF_SELF = 2;
    private static final int FIELDS_OF_PEER = 3;
    private static final int KEYS_MAX = 2;
    private static final int PORT_MAX = 65_535;

    private final String self;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Peer> nodes = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, String> owners = new HashMap<>();

    /**
     * Reads.
     *
     * @param text of the file
     * @param self this node's name
     */
    PeersText(String text, String self) {
        this.self = self;
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                read("line " + number, line);
            }
        }
        if (!names.contains(self)) {
            faults.add("there is no line of this node, '" + self + "' (" + Peers.NODE + ")");
        }
        if (names.size() > PEERS_MAX) {
            faults.add("there are " + names.size() + " nodes, at most " + PEERS_MAX + " are allowed");
        }
    }

    /** {@return each fault with its line; the nodes are of use only if there is none} */
    List<String> faults() {
        return faults;
    }

    /** {@return the nodes by their names, this one, too} */
    Map<String, Peer> nodes() {
        return nodes;
    }

    private void read(String place, String line) {
        int equals = line.indexOf('=');
        String name = line.substring(0, Math.max(equals, 0)).strip();
        String[] fields = line.substring(equals + 1).split("\\|", -1);
        if (equals < 0 || fields.length < FIELDS_OF_SELF || fields.length > FIELDS_OF_PEER) {
            faults.add(place + " must be 'name = application address | protocol address | key [key]'");
            return;
        }
        if (!NAME.matcher(name).matches()) {
            faults.add(place + ": the name must be 1 to 32 letters, digits, dots, dashes or underscores");
            return;
        }
        if (!names.add(name)) {
            faults.add(place + ": node '" + name + "' has a line already");
            return;
        }
        String where = place + ", node '" + name + "'";
        List<byte[]> keys = keys(where, name, fields.length == FIELDS_OF_PEER ? fields[2].strip() : "");
        Optional<URI> application = address(where, "application", fields[0]);
        Optional<URI> protocol = address(where, "protocol", fields[1]);
        application.ifPresent(address -> own(where, "application address", address.toString(), name));
        protocol.ifPresent(address -> check(where, address, name));
        if (application.isPresent() && protocol.isPresent()) {
            nodes.put(name, new Peer(name, application.get(), protocol.get(), keys));
        }
    }

    private List<byte[]> keys(String where, String name, String field) {
        List<String> texts = field.isEmpty() ? List.of() : Arrays.asList(field.split("\\s+"));
        if (name.equals(self)) {
            if (!texts.isEmpty()) {
                faults.add(where + ": this node's own line has no key, since a key is of two nodes");
            }
            return List.of();
        }
        if (texts.isEmpty() || texts.size() > KEYS_MAX) {
            faults.add(where + " has " + texts.size() + " keys, must have one, or two while they are changed");
        }
        List<byte[]> keys = new ArrayList<>();
        for (String text : texts) {
            if (KEY.matcher(text).matches()) {
                own(where, "key", text, name);
                keys.add(Base64.getUrlDecoder().decode(text));
            } else {
                faults.add(where + ": a key must be 43 characters of Base64url, which are 32 bytes");
            }
        }
        return keys;
    }

    private Optional<URI> address(String where, String which, String text) {
        Optional<URI> address = parsed(text.strip()).filter(PeersText::isPlain);
        if (address.isEmpty()) {
            faults.add(where + ": the " + which + " address must be like https://host:port");
        }
        return address;
    }

    private static Optional<URI> parsed(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty(); // which is told as any other text that is no address
        }
    }

    private static boolean isPlain(URI address) {
        boolean isHttp = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        return isHttp
                && address.getHost() != null
                && address.getPort() != 0
                && address.getPort() <= PORT_MAX
                && address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && address.normalize().equals(address);
    }

    private void check(String where, URI protocol, String name) {
        if (!protocol.getRawPath().isEmpty() && !protocol.getRawPath().equals("/")) {
            faults.add(where + ": the protocol address must have no path");
        }
        if (protocol.getScheme().equals("http")
                && !LOOPBACK.matcher(protocol.getHost()).matches()) {
            faults.add(
                    where + ": the protocol address must be https, since " + protocol.getHost() + " is not loopback");
        }
        own(where, "protocol address", protocol.toString(), name);
    }

    /** Each key and address is one node's. */
    private void own(String where, String what, String value, String name) {
        String other = owners.putIfAbsent(what + " " + value, name);
        if (name.equals(other)) {
            faults.add(where + ": its two keys are the same");
        } else if (other != null) {
            faults.add(where + ": its " + what + " is also that of node '" + other + "'");
        }
    }
}
