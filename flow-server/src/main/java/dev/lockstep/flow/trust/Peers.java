package dev.lockstep.flow.trust;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The servers that this one trusts, as the peers file has them. When somebody asks, the file is read again, at most once a second. If what is
 * new there cannot be used, the old stays, and a warning tells why. Thread-safe.
 */
public final class Peers {

    /** The setting with the peers file. Without it nothing flows. */
    public static final String FILE = "LOCKSTEP_FLOW_PEERS_FILE";

    /** The setting that tells which line of the file is this node's; unset: the one that {@code LOCKSTEP_SERVER_NAME} tells. */
    public static final String NODE = "LOCKSTEP_FLOW_NODE";

    static final String SERVER_NAME = "LOCKSTEP_SERVER_NAME";

    private static final Logger LOG = System.getLogger(Peers.class.getName());
    private static final long REREAD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PeersFile file;
    private final String node;
    private final LongSupplier ticker;

    private volatile Content content;
    private volatile Optional<String> fault = Optional.empty();
    private volatile long readAt;
    private String lastText;

    /** What was good. */
    private record Content(Peer self, Map<String, Peer> others) {}

    private Peers(PeersFile file, String node, LongSupplier ticker) throws PeersFileException {
        this.file = file;
        this.node = node;
        this.ticker = ticker;
        this.readAt = ticker.getAsLong();
        this.lastText = file.read();
        this.content = parsed(lastText);
    }

    /**
     * Reads the peers file that the settings name.
     *
     * @param environment the process's environment
     * @return the peers, or empty if {@link #FILE} is not set
     * @throws PeersFileException naming each fault with its line
     */
    public static Optional<Peers> from(Map<String, String> environment) throws PeersFileException {
        String path = environment.getOrDefault(FILE, "");
        String node = environment.getOrDefault(NODE, "");
        return path.isEmpty()
                ? Optional.empty()
                : Optional.of(open(Path.of(path), node.isEmpty() ? environment.getOrDefault(SERVER_NAME, "") : node));
    }

    /**
     * Reads a peers file.
     *
     * @param path the file
     * @param node which line is this node's
     * @return the peers
     * @throws PeersFileException naming each fault with its line
     */
    public static Peers open(Path path, String node) throws PeersFileException {
        return open(path, node, System::nanoTime);
    }

    static Peers open(Path path, String node, LongSupplier ticker) throws PeersFileException {
        PeersFile file = new PeersFile(path);
        if (!PeersText.NAME.matcher(node).matches()) {
            throw file.fault(NODE + "=" + node
                    + " must be 1 to 32 letters, digits, dots, dashes or underscores: which line is this node's");
        }
        return new Peers(file, node, ticker);
    }

    /** {@return this node, which has no key} */
    public Peer self() {
        return current().self;
    }

    /**
     * Finds a peer.
     *
     * @param name of a node
     * @return it; empty if the file has no such node, or it is this one
     */
    public Optional<Peer> named(String name) {
        return Optional.ofNullable(current().others.get(name));
    }

    /**
     * Finds who serves an address.
     *
     * @param target an absolute address
     * @return the peer with the longest application address that the target is below; empty if there is none
     */
    public Optional<Peer> at(URI target) {
        return all().stream().filter(peer -> peer.serves(target)).max(Comparator.comparingInt(peer -> peer.application()
                .getRawPath()
                .length()));
    }

    /** {@return all but this node, in the file's order} */
    public Collection<Peer> all() {
        return current().others.values();
    }

    /** {@return why the file's present text is not in use; empty if it is} */
    public Optional<String> fault() {
        current();
        return fault;
    }

    private Content current() {
        if (ticker.getAsLong() - readAt >= REREAD_NANOS) {
            reread();
        }
        return content;
    }

    private synchronized void reread() {
        if (ticker.getAsLong() - readAt < REREAD_NANOS) {
            return; // another thread has just done it
        }
        readAt = ticker.getAsLong();
        try {
            String text = file.read();
            if (!text.equals(lastText) || fault.isPresent()) {
                Content next = parsed(text);
                if (!next.self.protocol().equals(content.self.protocol())) {
                    throw file.fault("the protocol address of this node cannot change while it runs: start it anew");
                }
                content = next;
                lastText = text;
                fault = Optional.empty();
                LOG.log(
                        Level.INFO,
                        "The peers file {0} has changed: {1} peers are trusted",
                        file.path(),
                        next.others.size());
            }
        } catch (PeersFileException e) {
            if (!fault.equals(Optional.of(e.getMessage()))) {
                LOG.log(Level.WARNING, "{0}. The peers that were read before stay in use.", e.getMessage());
            }
            fault = Optional.of(e.getMessage());
        }
    }

    private Content parsed(String text) throws PeersFileException {
        PeersText parsed = new PeersText(text, node);
        if (!parsed.faults().isEmpty()) {
            throw new PeersFileException(file.path(), parsed.faults());
        }
        Map<String, Peer> others = new LinkedHashMap<>(parsed.nodes());
        return new Content(others.remove(node), Collections.unmodifiableMap(others));
    }
}
