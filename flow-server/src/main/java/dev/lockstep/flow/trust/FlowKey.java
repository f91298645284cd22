package dev.lockstep.flow.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The command that keeps a peers file: adds a peer with a new key, and changes keys while the servers run. A key is changed in three steps,
 * each at both servers before the next: both accept the new one, both sign with it, both drop the old one. Whatever step the other server is
 * at, it accepts what this one signs with.
 */
public final class FlowKey {

    /** What it understands. */
    public static final String USAGE = """
            flow-key list FILE                          tells the nodes, and fingerprints of their keys
            flow-key self FILE APPLICATION PROTOCOL     begins a file with this node's line
            flow-key add FILE NODE APPLICATION PROTOCOL adds a peer with a new key, and prints the line for the peer's file
            flow-key rotate FILE NODE                   accepts a new key, too, and prints it for the peer's operator
            flow-key accept FILE NODE KEY               accepts a key that the peer's operator has made, too
            flow-key use FILE NODE                      signs with the newer key
            flow-key drop FILE NODE                     accepts the older key no more
            """;

    private static final int KEY_BYTES = 32;
    private static final int FINGERPRINT_BYTES = 8;
    private static final int PLACE_OF_NODE = 2;
    private static final int MOST_ARGUMENTS = 5;

    private final PeersFile file;
    private final String self;

    private FlowKey(Path path, String self) {
        this.file = new PeersFile(path);
        this.self = self;
    }

    /**
     * Does what is asked.
     *
     * @param arguments as in {@link #USAGE}, without the first word
     * @param node this node's name, from {@link Peers#NODE}
     * @return what to print
     * @throws IOException if the file cannot be used before, or could not be after; then it is as it was
     * @throws IllegalArgumentException if the arguments are not understood
     */
    public static String run(List<String> arguments, String node) throws IOException {
        if (arguments.size() < 2 || arguments.size() > MOST_ARGUMENTS) {
            throw new IllegalArgumentException(USAGE);
        }
        FlowKey command = new FlowKey(Path.of(arguments.get(1)), node);
        List<String> rest = arguments.subList(PLACE_OF_NODE, arguments.size());
        return switch (arguments.get(0) + " " + rest.size()) {
            case "list 0" -> command.list();
            case "self 2" -> command.begin(rest.get(0), rest.get(1));
            case "add 3" -> command.add(rest.get(0), rest.get(1), rest.get(2));
            case "rotate 1" -> command.rotate(rest.get(0));
            case "accept 2" -> command.accept(rest.get(0), rest.get(1));
            case "use 1" -> command.use(rest.get(0));
            case "drop 1" -> command.drop(rest.get(0));
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    /** {@return whether a command only tells, so that it could not have changed anything} */
    static boolean isReading(List<String> arguments) {
        return arguments.get(0).equals("list");
    }

    static String newKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    private String list() throws IOException {
        return parsed(file.read()).nodes().values().stream()
                .map(peer -> peer + " = " + peer.application() + " | " + peer.protocol() + " | "
                        + peer.keys().stream().map(FlowKey::fingerprint).collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String fingerprint(byte[] key) {
        return HexFormat.of().formatHex(Signatures.digest(key), 0, FINGERPRINT_BYTES);
    }

    private String begin(String application, String protocol) throws IOException {
        if (Files.exists(file.path())) {
            throw file.fault("it is there already");
        }
        replace(self + " = " + application + " | " + protocol + "\n");
        return "Written. Add the peers now.\n";
    }

    private String add(String name, String application, String protocol) throws IOException {
        String text = file.read();
        Peer own = parsed(text).nodes().get(self);
        String key = newKey();
        replace(text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + name + " = " + application + " | "
                + protocol + " | " + key + "\n");
        return "Written. The file of '" + name + "' needs this line:\n" + self + " = " + own.application() + " | "
                + own.protocol() + " | " + key + "\n";
    }

    private String rotate(String name) throws IOException {
        String key = newKey();
        accept(name, key);
        return "Both keys are accepted here. Do these, each at both nodes before the next:\n"
                + "at '" + name + "': flow-key accept FILE " + self + " " + key + "\n"
                + "flow-key use FILE " + name + ", at '" + name + "': flow-key use FILE " + self + "\n"
                + "flow-key drop FILE " + name + ", at '" + name + "': flow-key drop FILE " + self + "\n";
    }

    private String accept(String name, String key) throws IOException {
        List<String> keys = keys(name, 1);
        change(name, List.of(keys.get(0), key));
        return "Both keys are accepted here; the older one signs.\n";
    }

    private String use(String name) throws IOException {
        List<String> keys = keys(name, 2);
        change(name, List.of(keys.get(1), keys.get(0)));
        return "The newer key signs; both are accepted here.\n";
    }

    private String drop(String name) throws IOException {
        change(name, keys(name, 2).subList(0, 1));
        return "Only the newer key is accepted here.\n";
    }

    private List<String> keys(String name, int count) throws IOException {
        Peer peer = parsed(file.read()).nodes().get(name);
        if (peer == null || name.equals(self)) {
            throw file.fault("there is no peer '" + name + "'");
        }
        if (peer.keys().size() != count) {
            throw file.fault(
                    "'" + name + "' has " + peer.keys().size() + " keys, must have " + count + " for this step");
        }
        return peer.keys().stream()
                .map(key -> Base64.getUrlEncoder().withoutPadding().encodeToString(key))
                .toList();
    }

    private void change(String name, List<String> keys) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : file.read().split("\\R", -1)) {
            boolean isOfPeer = !line.stripLeading().startsWith("#")
                    && line.contains("=")
                    && line.substring(0, line.indexOf('=')).strip().equals(name);
            lines.add(isOfPeer ? line.substring(0, line.lastIndexOf('|') + 1) + " " + String.join(" ", keys) : line);
        }
        replace(String.join("\n", lines));
    }

    /** Only a text without a fault gets into the file. */
    private void replace(String text) throws IOException {
        parsed(text);
        file.write(text);
    }

    private PeersText parsed(String text) throws PeersFileException {
        PeersText parsed = new PeersText(text, self);
        if (!parsed.faults().isEmpty()) {
            throw new PeersFileException(file.path(), parsed.faults());
        }
        return parsed;
    }
}
